import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { sendSignal } from '@squall/procfs'
import type { NetSystem } from '../net-system.ts'
import { askApi } from './ask-api.ts'
import { startOf } from './process-start.ts'
import { runProgram } from './run-program.ts'
import { startServer } from './start-server.ts'

/** This machine. */
export const system: NetSystem = {
  ask: askApi,
  startServer,
  isAlive,
  end,
  isRoot: process.getuid?.() === 0,
  run: runProgram,
  variable: (name) => process.env[name],
  setVariable: (name, value) => {
    process.env[name] = value
  },
  newId: () => randomBytes(6).toString('hex'),
}

const politeMs = 2000

async function isAlive({ pid, startedAt }: ProcessIdentity): Promise<boolean> {
  return (await startOf(pid)) === startedAt
}

async function end(identity: ProcessIdentity, signal: AbortSignal): Promise<void> {
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isAlive(identity))) return
    const delivery = sendSignal(identity.pid, name)
    if (delivery === 'gone') return
    if (delivery === 'not permitted')
      throw new ActivityFailed(
        `The proxy server, pid ${identity.pid}, is another user's and takes no ${name}.`,
      )
    const deadline = performance.now() + politeMs
    while ((await isAlive(identity)) && performance.now() < deadline) await delay(10, undefined, { signal })
  }
}
