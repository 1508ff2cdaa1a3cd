import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { ActivityFailed } from '@squall/contract'
import type { HeldServer } from '../net-system.ts'
import { startOf } from './process-start.ts'

type Server = ChildProcessByStdio<Writable, Readable, Readable>

/** Two folders up is the package, from the sources, the compiled files and the bundle alike. */
const program = fileURLToPath(new URL('../../dist/host/proxy/main.js', import.meta.url))

/** Starts the proxy server detached; it listens only once it is told to, and ends when it is not. */
export async function startServer(listen: string, signal: AbortSignal): Promise<HeldServer> {
  signal.throwIfAborted()
  const server: Server = spawn(process.execPath, [program, '--held', '--listen', listen], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // It may be gone by the time it is given the word: its exit tells.
  server.stdin.on('error', () => {})
  const failed = once(server, 'error').then(([error]) => Promise.reject(error))
  await Promise.race([once(server, 'spawn'), failed])
  const { pid } = server as { pid: number }
  return {
    identity: { pid, startedAt: (await startOf(pid)) ?? 'unknown' },
    go: () => go(server, signal),
    abandon: () => letGo(server),
  }
}

async function go(server: Server, signal: AbortSignal): Promise<void> {
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  server.stdin.write('go\n')
  const refused = once(server, 'exit', { signal }).then(() =>
    Promise.reject(
      new ActivityFailed(`The proxy server did not start: ${said.trim() || 'it ended at once'}`),
    ),
  )
  try {
    await Promise.race([once(server.stdout, 'data', { signal }), refused])
  } finally {
    refused.catch(() => {})
    letGo(server)
  }
}

function letGo(server: Server): void {
  for (const stream of [server.stdin, server.stdout, server.stderr]) stream.destroy()
  server.unref()
}
