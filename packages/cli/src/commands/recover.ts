import {
  type FoundRun,
  type Healing,
  type OpenUndo,
  openUndos,
  recoverRun,
  unfinishedRuns,
} from '@squall/core'
import { safe } from '../terminal/paint.ts'
import { errorText } from '../terminal/show-error.ts'
import type { CommandContext } from './command-context.ts'

export interface RecoverCommandOptions {
  readonly list?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** What became of one run: undefined when it could not be recovered, as was said on the terminal. */
interface Recovered {
  readonly run: FoundRun
  readonly healing: Healing | undefined
}

/** `squall recover`: finishes what runs left behind whose runner is gone; 1 when something could not be undone. */
export async function recoverCommand(
  options: RecoverCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context
  const abandoned = (await unfinishedRuns()).filter(({ status }) => status === 'abandoned')
  const isOver = options.list || abandoned.length === 0
  if (!options.json) terminal.out(await listText(abandoned))
  else if (isOver) terminal.out(jsonText(await Promise.all(abandoned.map(runFields))))
  if (isOver) return 0
  if (!options.yes && !(await agrees(context))) {
    terminal.err('Nothing was done. `squall recover --yes` undoes what these runs left behind.\n')
    return 1
  }
  const recovered: Recovered[] = []
  for (const run of abandoned) recovered.push(await recover(run, options, context))
  if (options.json) terminal.out(jsonText(await Promise.all(recovered.map(recoveredFields))))
  return recovered.every(({ healing }) => healing && healing.status !== 'failed') ? 0 : 1
}

async function agrees({ terminal }: CommandContext): Promise<boolean> {
  if (!terminal.isInteractive) return false
  return terminal.confirm('Undo what they left behind?')
}

/** One that cannot be recovered does not keep the others from it. */
async function recover(
  run: FoundRun,
  { json }: RecoverCommandOptions,
  { terminal, paint }: CommandContext,
): Promise<Recovered> {
  try {
    const healing = await recoverRun(run.folder)
    if (!json) terminal.out(healingText(healing, paint))
    return { run, healing }
  } catch (error) {
    terminal.err(errorText(error, paint), 'ERROR')
    return { run, healing: undefined }
  }
}

function healingText(healing: Healing, paint: CommandContext['paint']): string {
  if (healing.status === 'left alone') return `${paint('yellow', '-')} left alone: ${safe(healing.reason)}\n`
  if (healing.status === 'nothing to do') return ''
  const undos = (healing.journal.undo ?? []).map(({ status, func, activity, reason }) => {
    const mark = status === 'failed' ? paint('red', '✗') : paint('green', '✓')
    const because = reason === undefined ? '' : ` (${safe(reason)})`
    return `${mark} ${func} of '${safe(activity)}': ${status}${because}\n`
  })
  const { journalPath } = healing.card
  const journal = journalPath === undefined ? '' : paint('dim', `Journal: ${safe(journalPath)}\n`)
  const again =
    healing.status === 'healed' ? '' : 'What is left stays listed; `squall recover` tries again.\n'
  return `${undos.join('')}${journal}${again}`
}

async function listText(runs: readonly FoundRun[]): Promise<string> {
  if (runs.length === 0) return 'Nothing was left behind.\n'
  const texts = runs.map(async (run) => {
    const { card, folder } = run
    const undos = (await openUndosOf(run)).map(
      ({ func, activity }) => `  to undo: ${func} of '${safe(activity)}'\n`,
    )
    return `run of pid ${card.runner.pid} in ${safe(card.workingDirectory)} (${folder})\n${undos.join('')}`
  })
  return (await Promise.all(texts)).join('')
}

/** A log that cannot be read is told when it is recovered. */
function openUndosOf({ folder }: FoundRun): Promise<readonly OpenUndo[]> {
  return openUndos(folder).catch(() => [])
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function runFields(run: FoundRun): Promise<object> {
  const { runner, workingDirectory, journalPath } = run.card
  return { folder: run.folder, runner, workingDirectory, journalPath, toUndo: await openUndosOf(run) }
}

async function recoveredFields({ run, healing }: Recovered): Promise<object> {
  const { runner, workingDirectory, journalPath } = run.card
  const base = { folder: run.folder, runner, workingDirectory, journalPath }
  if (healing === undefined) return { ...base, status: 'failed' }
  const { status } = healing
  if (status === 'left alone') return { ...base, status, reason: healing.reason }
  return status === 'nothing to do'
    ? { ...base, status }
    : { ...base, status, undo: healing.journal.undo ?? [] }
}
