import { type PlannedActivity, planExperiment, validateExperiment } from '@squall/core'
import { safe } from '../terminal/paint.ts'
import { problemsText } from '../terminal/show-problems.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { loadSource } from './load-source.ts'
import { parseVariables } from './variables.ts'

export interface PlanCommandOptions {
  readonly verifyTls: boolean
  readonly json?: boolean
  readonly var: readonly string[]
  readonly driver: readonly string[]
  readonly seed?: string
}

/** `squall plan SOURCE`: what would be touched and how it is undone, without touching it. */
export async function planCommand(
  source: string,
  options: PlanCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, paint } = context
  const settings = await settingsOf(context)
  const loaded = await loadSource(source, settings, options.verifyTls, context)
  const drivers = await registryOf(context, settings, { directory: loaded.directory, named: options.driver })
  const validation = await validateExperiment(loaded, { drivers })
  terminal.err(problemsText(validation.problems, paint))
  if (!validation.valid) return 1
  const plan = await planExperiment(validation.experiment, {
    drivers,
    settings,
    directory: loaded.directory,
    overrides: { configuration: parseVariables(options.var) },
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  })
  terminal.out(options.json ? `${JSON.stringify(plan, null, 2)}\n` : `${paint('bold', safe(plan.title))}\n`)
  if (!options.json) terminal.out(plan.activities.map((activity) => activityText(activity, context)).join(''))
  return 0
}

function activityText(activity: PlannedActivity, { paint }: CommandContext): string {
  const background = activity.background ? ' in the background' : ''
  const head = `  ${activity.list.padEnd(9)} ${activity.type} ${safe(activity.name)}${background} ${paint('dim', activity.by)}\n`
  if (activity.type === 'probe') return head
  return `${head}${targetLines(activity.targets)}${' '.repeat(12)}undo: ${activity.undo ?? ''}\n`
}

function targetLines(targets: PlannedActivity['targets']): string {
  const indent = ' '.repeat(12)
  if (!targets || (Array.isArray(targets) && targets.length === 0)) return `${indent}touches nothing\n`
  if ('unknown' in targets) return `${indent}touches what cannot be known yet: ${safe(targets.unknown)}\n`
  return targets.map((target) => `${indent}touches ${safe(target)}\n`).join('')
}
