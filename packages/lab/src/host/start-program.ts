import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LabError } from '../lab-error.ts'
import { logFile } from '../lab-paths.ts'
import type { LabProcess, LabRecord } from '../lab-record.ts'
import type { LabProgram } from '../service.ts'
import { portsBusyError } from './ports-busy-error.ts'
import type { ProgramReport } from './program-report.ts'
import { labVariable, programVariable, tagVariable } from './tagged-processes.ts'

/** A program to start for a lab. */
export interface ProgramStart {
  readonly program: LabProgram
  readonly lab: LabRecord
  /** The file of the lab's record. */
  readonly recordFile: string
  readonly args: readonly string[]
  readonly tag?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** A program that answers. It ends together with this process unless it is released. */
export interface StartedProgram {
  readonly process: LabProcess
  /** Lets the program live on by itself. */
  release(): Promise<void>
}

const readyWithinMs = 15_000

/** Starts a program and waits until it is registered and answers. One that fails or is aborted is ended first. */
export async function startProgram(start: ProgramStart): Promise<StartedProgram> {
  start.signal?.throwIfAborted()
  const child = spawnProgram(start)
  const settled = new AbortController()
  try {
    const report = await firstReport(child, start, settled.signal)
    if (report.type === 'ports-busy') throw await portsBusyError(start.program, report.ports)
    if (report.type === 'failed') throw new LabError(report.code, report.message, report.hint)
    child.unref()
    child.channel?.unref()
    return { process: report.process, release: () => release(child) }
  } catch (error) {
    await kill(child)
    throw error
  } finally {
    settled.abort()
  }
}

function spawnProgram(start: ProgramStart): ChildProcess {
  const log = openSync(logFile(start.lab.directory, start.program), 'a')
  try {
    const args = [programFile(start.program), ...start.args, '--lab', start.recordFile]
    return spawn(process.execPath, args, {
      cwd: start.lab.directory,
      // A group of its own: Ctrl-C and a closed terminal end the starter, which then decides.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: programEnvironment(start),
      windowsHide: true,
    })
  } finally {
    closeSync(log)
  }
}

/** Little of the starter's environment is passed on: its secrets and Node options are no business of the lab. */
function programEnvironment(start: ProgramStart): NodeJS.ProcessEnv {
  const passedOn = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'SystemRoot', 'TEMP', 'USERPROFILE']
  return {
    ...Object.fromEntries(passedOn.map((name) => [name, process.env[name]])),
    [labVariable]: start.lab.id,
    [programVariable]: start.program,
    ...(start.tag === undefined ? {} : { [tagVariable]: start.tag }),
  }
}

function programFile(program: LabProgram): string {
  // Tests run this file as it is written; the programs are started as they were built.
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/programs/' : '../programs/'
  return fileURLToPath(new URL(`${folder}${program}.js`, import.meta.url))
}

function firstReport(child: ChildProcess, start: ProgramStart, settled: AbortSignal): Promise<ProgramReport> {
  const tooLate = AbortSignal.timeout(readyWithinMs)
  return new Promise((resolve, reject) => {
    const failed = (what: string, cause?: unknown) => reject(startError(start, what, cause))
    child.on('message', (report) => resolve(report as ProgramReport))
    child.on('error', (cause) => failed(cause.message, cause))
    child.on('exit', (code, signal) => failed(`it ended with ${signal ?? `exit code ${code}`}`))
    const onAbort = (signal: AbortSignal | undefined, then: () => void) =>
      signal?.addEventListener('abort', then, { signal: settled })
    onAbort(tooLate, () => failed(`it did not answer within ${readyWithinMs / 1000} s`))
    onAbort(start.signal, () => reject(start.signal?.reason))
  })
}

function startError({ program, lab }: ProgramStart, what: string, cause: unknown): LabError {
  return new LabError(
    'LAB_START_FAILED',
    `The ${program} of the lab did not start: ${what}.`,
    `See ${logFile(lab.directory, program)}.`,
    { cause },
  )
}

async function kill(child: ChildProcess): Promise<void> {
  const neverBegan = child.pid === undefined
  if (neverBegan || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Without this word a program ends when its channel closes, so that an unfinished start leaves nothing. */
function release(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!child.connected) return resolve()
    child.channel?.ref()
    // A program that died meanwhile needs no word.
    child.send('stay', () => {
      if (child.connected) child.disconnect()
      resolve()
    })
  })
}
