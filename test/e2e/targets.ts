import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** A process that a test started, for experiments to aim at. */
export interface Target extends AsyncDisposable {
  readonly pid: number
  readonly port: number
  isAlive(): boolean
}

const server = `require('node:http').createServer((_, answer) => answer.end('up')).listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})`

/** Starts a server on a free port of 127.0.0.1. It is ended with the test, also when it is paused. */
export async function startTarget(): Promise<Target> {
  const child = spawn(process.execPath, ['-e', server], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    pid: child.pid ?? 0,
    port: Number(port),
    isAlive: () => isAlive(child),
    [Symbol.asyncDispose]: async () => {
      if (!isAlive(child)) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

/** `S` for a process that sleeps, `T` for a paused one, `Z` for one that has ended; empty when there is none. */
export function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2)
  } catch {
    return ''
  }
}
