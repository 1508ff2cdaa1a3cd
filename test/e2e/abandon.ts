import { eventually, processesWith } from '../crash/machine.ts'
import { unfinished, untilItSays } from './lamps.ts'
import type { Ended, Project } from './squall.ts'

/** A run that goes on. */
export interface StartedRun {
  readonly pid: number
  readonly ended: Promise<Ended>
}

/** Starts a run and waits until it has put a lamp out and can be found by others. */
export async function startRun(dir: Project, words: readonly string[], name = 'hall'): Promise<StartedRun> {
  const before = unfinished(dir)
  const run = dir.squall(['run', ...words])
  await untilItSays(dir, name, 'out')
  await eventually(
    'its log is there',
    () => unfinished(dir).some((log) => !before.includes(log)) || undefined,
  )
  return { pid: run.pid ?? 0, ended: run }
}

/** Starts a run and kills it and its watchdog with SIGKILL once a lamp is out. Resolves to the runner's pid. */
export async function abandonRun(dir: Project, words: readonly string[], name = 'hall'): Promise<number> {
  const mark = `SQUALL_TEST_MARK=${name}-${words.join(' ')}-${dir.home}`
  const [key = '', value = ''] = mark.split(/=(.*)/s)
  const before = unfinished(dir)
  const run = dir.squall(['run', ...words], { env: { [key]: value } })
  await untilItSays(dir, name, 'out')
  await eventually(
    'its log is there',
    () => unfinished(dir).some((log) => !before.includes(log)) || undefined,
  )
  const watchdogs = processesWith(mark).filter(({ command }) => command.includes('watchdog'))
  if (watchdogs.length !== 1) throw new Error(`${watchdogs.length} watchdogs were found.`)
  for (const { pid } of watchdogs) process.kill(pid, 'SIGKILL')
  run.kill('SIGKILL')
  await run
  return run.pid ?? 0
}
