import { LabError, reasonOf } from '../lab-error.ts'
import type { LabProcess } from '../lab-record.ts'
import type { LabProgram } from '../service.ts'
import { PortsBusy } from './listen.ts'
import { markOfSelf } from './process-mark.ts'
import { type ProgramCall, readCall } from './program-call.ts'
import { type ProgramLog, programLog } from './program-log.ts'
import { type ProgramReport, sendReport } from './program-report.ts'

/** What a program of the lab has opened. */
export interface Running {
  /** Null when it listens on nothing. */
  readonly port: number | null
  /** Resolves with the reason when there is nothing left to do. */
  readonly over?: Promise<string>
  close(): Promise<void>
}

const unregistersWithinMs = 500

/** The life of a program: start, register, report to the starter, wait to be ended, unregister, close. */
export async function runProgram(
  program: LabProgram,
  start: (call: ProgramCall, log: ProgramLog) => Promise<Running>,
): Promise<void> {
  const log = programLog(program)
  try {
    const call = readCall(program)
    const ending = endRequest()
    const running = await start(call, log)
    const self = await describeSelf(call, running.port)
    await call.registry?.register(self)
    log(running.port === null ? 'runs.' : `listens on 127.0.0.1:${running.port}.`)
    await sendReport({ type: 'ready', process: self })
    log(`ends: ${await Promise.race([ending, running.over ?? ending])}.`)
    await unregister(call, self, log)
    await running.close()
    process.exit(0)
  } catch (error) {
    log(error instanceof LabError ? `${error.message} ${error.hint}` : reasonOf(error))
    await sendReport(reportOf(error))
    process.exit(1)
  }
}

/** Resolves with the reason when this process is asked to end, or its starter ended without a word. */
function endRequest(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal))
    let stays = false
    process.on('message', (word) => {
      stays ||= word === 'stay'
    })
    process.on('disconnect', () => {
      if (!stays) resolve('the process that started it has ended')
    })
  })
}

async function describeSelf(call: ProgramCall, port: number | null): Promise<LabProcess> {
  return {
    ...(await markOfSelf()),
    service: call.program,
    port,
    command: [process.execPath, ...process.argv.slice(1)].join(' '),
    portsFile: call.portsFile,
    tag: call.tag,
  }
}

async function unregister(call: ProgramCall, self: LabProcess, log: ProgramLog): Promise<void> {
  const giveUp = AbortSignal.timeout(unregistersWithinMs)
  const givenUp = new Promise<void>((resolve) => giveUp.addEventListener('abort', () => resolve()))
  try {
    await Promise.race([call.registry?.unregister(self), givenUp])
  } catch (error) {
    // The next one to write clears away what is left; ending goes first.
    log(`could not unregister: ${reasonOf(error)}`)
  }
}

function reportOf(error: unknown): ProgramReport {
  if (error instanceof PortsBusy) return { type: 'ports-busy', ports: error.ports }
  if (error instanceof LabError) {
    return { type: 'failed', code: error.code, message: error.message, hint: error.hint }
  }
  return {
    type: 'failed',
    code: 'LAB_START_FAILED',
    message: reasonOf(error),
    hint: 'See the log of the program.',
  }
}
