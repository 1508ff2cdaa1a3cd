import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { WorkerPlace, WorkerProcess } from '../python-world.ts'

/** Beside `src` and `dist`, or, for the bundle, above its folder. */
const startFile = ['../python/start.py', '../../python/start.py', '../../../python/start.py']
  .map((file) => fileURLToPath(new URL(file, import.meta.url)))
  .find((file) => existsSync(file))

/** Starts a worker. It talks over two pipes of its own; a process that has nothing else to do need not wait for it. */
export function startWorker(interpreter: string, { environment, directory }: WorkerPlace): WorkerProcess {
  const child = spawn(interpreter, [startFile ?? 'start.py'], {
    cwd: directory,
    env: environment,
    stdio: ['inherit', 'pipe', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const [, , , toWorker, fromWorker] = child.stdio as unknown as Socket[]
  const handles = [child, ...(child.stdio.slice(1) as unknown as Socket[])]
  const setRef = (isWanted: boolean): void => {
    for (const handle of handles) handle[isWanted ? 'ref' : 'unref']?.()
  }
  setRef(false)
  // A worker that has ended takes nothing any more; its end is told by `onExit`.
  toWorker?.on('error', () => undefined)
  return {
    pid: child.pid,
    send: (line) => void toWorker?.write(`${line}\n`),
    onLine: (listener) => void (fromWorker && readLines(fromWorker, listener)),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream as Socket }).on('line', listener)
    },
    onExit: (listener) => listenForEnd(child, fromWorker, listener),
    kill: () => void child.kill('SIGKILL'),
    keepAlive: setRef,
  }
}

/** Cuts at line feeds only: a line of JSON may hold other separators that readline would cut at. */
function readLines(stream: Socket, listener: (line: string) => void): void {
  let rest: string[] = []
  stream.setEncoding('utf8')
  stream.on('error', () => undefined)
  stream.on('data', (chunk: string) => {
    const parts = chunk.split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      listener(rest.join('') + part)
      rest = []
    }
    if (last !== '') rest.push(last)
  })
}

/** Once it has ended and its last message has been read. Its output may be held open by a child it left behind. */
function listenForEnd(
  child: ChildProcess,
  messages: Socket | undefined,
  listener: (how: string) => void,
): void {
  let how: string | undefined
  let isRead = messages === undefined
  const tell = (): void => {
    if (how !== undefined && isRead) listener(how)
  }
  child.on('error', (error) => listener(error.message))
  child.on('exit', (code, signal) => {
    how = signal ? `it got ${signal}` : `it ended with code ${code}`
    tell()
  })
  messages?.on('close', () => {
    isRead = true
    tell()
  })
}
