import { stopRun, unfinishedRuns } from '@squall/core'
import type { CommandContext } from './command-context.ts'

export interface StopCommandOptions {
  readonly all?: boolean
}

/** `squall stop [PID]`: ends running runs of this user, which then undo and write their journals; 1 when there is none. */
export async function stopCommand(
  pid: string | undefined,
  options: StopCommandOptions,
  { terminal }: CommandContext,
): Promise<number> {
  const running = (await unfinishedRuns()).filter(({ status }) => status === 'running')
  const chosen = pid === undefined ? running : running.filter(({ card }) => String(card.runner.pid) === pid)
  if (chosen.length === 0) {
    terminal.out(pid === undefined ? 'No run is going on.\n' : `No run of pid ${pid} is going on.\n`)
    return 1
  }
  if (chosen.length > 1 && !options.all) {
    const pids = chosen.map(({ card }) => card.runner.pid).join(', ')
    terminal.err(`${chosen.length} runs are going on (pids ${pids}): name one, or say --all.\n`)
    return 1
  }
  for (const { folder, card } of chosen) {
    const isTold = await stopRun(folder)
    terminal.out(
      `The run of pid ${card.runner.pid} ${isTold ? 'was told to stop' : 'has ended by itself'}.\n`,
    )
  }
  return 0
}
