import { type PlannedActivity, planExperiment, type RedactLevel, validateExperiment } from '@squall/core'
import { safe } from '../terminal/paint.ts'
import { problemsText } from '../terminal/show-problems.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { folderOf, loadSource } from './load-source.ts'
import { readOverrides, type VariableOptions } from './variables.ts'

export interface PlanCommandOptions extends VariableOptions {
  readonly verifyTls: boolean
  readonly json?: boolean
  readonly driver: readonly string[]
  readonly python?: string
  readonly seed?: string
  readonly protect: readonly string[]
  readonly redact: RedactLevel
}

/** `squall plan SOURCE`: what would be touched and how it is undone, without touching it. */
export async function planCommand(
  source: string,
  options: PlanCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, paint } = context
  const overrides = await readOverrides(options, context)
  const settings = await settingsOf(context)
  const drivers = await registryOf(context, settings, {
    directory: folderOf(source, context),
    named: options.driver,
    python: options.python,
  })
  const loaded = await loadSource(source, settings, options.verifyTls, context, { drivers })
  const validation = await validateExperiment(loaded, { drivers, overrides })
  terminal.err(problemsText(validation.problems, paint), validation.valid ? 'WARNING' : 'ERROR')
  if (!validation.valid) return 1
  const plan = await planExperiment(validation.experiment, {
    drivers,
    settings,
    protect: options.protect,
    redact: options.redact,
    directory: loaded.directory,
    overrides,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  })
  terminal.out(options.json ? `${JSON.stringify(plan, null, 2)}\n` : `${paint('bold', safe(plan.title))}\n`)
  if (!options.json) terminal.out(plan.activities.map((activity) => activityText(activity, context)).join(''))
  return 0
}

function activityText(activity: PlannedActivity, { paint }: CommandContext): string {
  const background = activity.background ? ' in the background' : ''
  const head = `${activity.list.padEnd(9)} ${activity.type} ${safe(activity.name)}${background} ${paint('dim', activity.by)}`
  const { undo, targets, maxDuration, how, refused } = activity
  const details = [
    // A file may call an action a probe: what it would touch is shown all the same.
    ...(targets === undefined ? [] : targetLines(targets)),
    ...(undo === undefined ? [] : [`undo: ${safe(undo)}`]),
    ...(how ?? []).map(safe),
    ...(maxDuration === undefined ? [] : [`takes at most ${maxDuration} s`]),
    ...(refused === undefined ? [] : [paint('red', `would not be played: ${safe(refused)}`)]),
  ]
  return `  ${head}\n${details.map((line) => `${' '.repeat(12)}${line}\n`).join('')}`
}

function targetLines(targets: NonNullable<PlannedActivity['targets']>): string[] {
  if ('unknown' in targets) return [`touches what cannot be known yet: ${safe(targets.unknown)}`]
  return targets.length === 0 ? ['touches nothing'] : targets.map((target) => `touches ${cut(safe(target))}`)
}

const widest = 160

/** Command lines may be very long; --json has them whole. */
function cut(text: string): string {
  return text.length <= widest ? text : `${text.slice(0, widest - 1)}…`
}
