import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import type { ChildEnd, ChildRequest } from '../run-child.ts'

/** How long a child that was killed may take to be gone before we stop looking. */
export const farewellMs = 60

export interface Stopped {
  readonly gone: boolean
  readonly refused: readonly number[]
}

/** Makes a running child and what it started end. */
export type Stop = (child: ChildProcess) => Promise<Stopped>

type Turn = 'closed' | 'timed-out' | 'aborted'

/** Sees a started child through to its end, its timeout or an abort, whichever comes first. */
export async function attendChild(child: ChildProcess, request: ChildRequest, stop: Stop): Promise<ChildEnd> {
  const stdout = chunksOf(child.stdout)
  const stderr = chunksOf(child.stderr)
  const turn = await firstTurn(child, request)
  if (turn === 'closed') {
    return {
      kind: 'exited',
      status: statusOf(child),
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr),
    }
  }
  // A program that ended and left something running with our pipes open meant it: that is how daemons start.
  const stopped = hasEnded(child) ? { gone: true, refused: [] } : await stop(child)
  letGo(child)
  return { kind: turn, ...stopped }
}

/** Resolves once the child has ended, at the latest after `limitMs`. */
export function untilEnded(child: ChildProcess, limitMs: number): Promise<void> {
  if (hasEnded(child)) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, limitMs)
    child.once('exit', done)
    function done() {
      clearTimeout(timer)
      child.off('exit', done)
      resolve()
    }
  })
}

function firstTurn(child: ChildProcess, { signal, timeoutMs, onStart }: ChildRequest): Promise<Turn> {
  return new Promise((resolve, reject) => {
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => settle('timed-out'), timeoutMs)
    const onAbort = () => settle('aborted')
    const forget = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    const settle = (turn: Turn) => {
      forget()
      resolve(turn)
    }
    signal.addEventListener('abort', onAbort)
    child.once('spawn', () => child.pid !== undefined && onStart?.(child.pid))
    child.once('close', () => settle('closed'))
    child.on('error', (error) => {
      forget()
      reject(error)
    })
    if (signal.aborted) onAbort()
  })
}

function chunksOf(stream: Readable | null): Buffer[] {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return chunks
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function statusOf({ exitCode, signalCode }: ChildProcess): number {
  if (signalCode !== null) return -constants.signals[signalCode]
  return exitCode ?? 0
}

/** Leaves nothing of ours open that waits for the child. */
function letGo(child: ChildProcess): void {
  child.stdout?.destroy()
  child.stderr?.destroy()
  child.unref()
}
