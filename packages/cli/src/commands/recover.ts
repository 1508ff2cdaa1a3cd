import { type FoundRun, recoverRun, unfinishedRuns } from '@squall/core'
import { safe } from '../terminal/paint.ts'
import type { CommandContext } from './command-context.ts'

export interface RecoverCommandOptions {
  readonly list?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** `squall recover`: finishes what runs left behind whose runner is gone; 1 when something could not be undone. */
export async function recoverCommand(
  options: RecoverCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context
  const abandoned = (await unfinishedRuns()).filter(({ status }) => status === 'abandoned')
  if (options.json) terminal.out(`${JSON.stringify(abandoned, null, 2)}\n`)
  else
    terminal.out(abandoned.length === 0 ? 'Nothing was left behind.\n' : abandoned.map(describeRun).join(''))
  if (options.list || abandoned.length === 0) return 0
  if (!options.yes && !(await agrees(context))) {
    terminal.err('Nothing was done. `squall recover --yes` undoes what these runs left behind.\n')
    return 1
  }
  let exitCode = 0
  for (const run of abandoned) if (!(await recover(run, context))) exitCode = 1
  return exitCode
}

function describeRun({ folder, card }: FoundRun): string {
  return `run of pid ${card.runner.pid} in ${safe(card.workingDirectory)} (${folder})\n`
}

async function agrees({ terminal }: CommandContext): Promise<boolean> {
  if (!terminal.isInteractive) return false
  return terminal.confirm('Undo what they left behind?')
}

async function recover({ folder, card }: FoundRun, { terminal, paint }: CommandContext): Promise<boolean> {
  const healing = await recoverRun(folder)
  if (healing.status === 'left alone') {
    terminal.out(`${paint('yellow', '-')} left alone: ${healing.reason}\n`)
    return true
  }
  if (healing.status === 'nothing to do') return true
  for (const { status, func, activity, reason } of healing.journal.undo ?? []) {
    const mark = status === 'failed' ? paint('red', '✗') : paint('green', '✓')
    terminal.out(
      `${mark} ${func} of '${safe(activity)}': ${status}${reason === undefined ? '' : ` (${safe(reason)})`}\n`,
    )
  }
  if (card.journalPath !== undefined) terminal.out(paint('dim', `Journal: ${card.journalPath}\n`))
  return healing.status === 'healed'
}
