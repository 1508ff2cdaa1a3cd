import type { ChildProcess } from 'node:child_process'
import { execa } from 'execa'
import { cannotStart } from '../cannot-start.ts'
import { type ChildRequest, type RunChild, tagVariable } from '../run-child.ts'
import { attendChild, type Stopped, untilEnded } from './attend-child.ts'
import { killFamily } from './kill-family.ts'

/** Time for execa's own SIGKILL, sent at the end of the grace, to be seen. */
const afterGraceMs = 200

/** Runs a child with execa: for its SIGTERM-then-SIGKILL, and on Windows for its lookup and quoting of commands. */
export const runWithExeca: RunChild = async (request) => {
  const { command, tag, graceMs } = request
  const shell = command.kind === 'shell'
  const child = execa(shell ? command.line : command.path, shell ? [] : command.args, {
    shell,
    stdin: 'inherit',
    stdout: 'pipe',
    stderr: 'pipe',
    env: { [tagVariable]: tag },
    buffer: false,
    reject: false,
    // The run sees to the end of its children; execa's own way takes over the signals of this process.
    cleanup: false,
    killSignal: 'SIGTERM',
    forceKillAfterDelay: graceMs ?? false,
  })
  if (child.pid === undefined) throw cannotStart(command, (await child).cause)
  return attendChild(child as unknown as ChildProcess, request, (running) => askThenKill(running, request))
}

async function askThenKill(child: ChildProcess, { tag, graceMs }: ChildRequest): Promise<Stopped> {
  if (graceMs !== undefined) {
    child.kill('SIGTERM')
    await untilEnded(child, graceMs + afterGraceMs)
  }
  return killFamily(child, tag)
}
