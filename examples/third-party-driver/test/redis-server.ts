import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

export const password = 'open sesame'

/** A real Redis of its own, on a socket in a folder of its own: no port is taken. */
export interface RedisServer {
  readonly url: string
  /** What somebody sees who gives it these commands with the program that comes with Redis. */
  cli(...commands: readonly string[]): Promise<string>
  close(): Promise<void>
}

export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-'))
  const socket = path.join(folder, 's')
  const config = `port 0\nunixsocket ${socket}\nrequirepass "${password}"\nsave ""\ndir ${folder}\n`
  const child = spawn('redis-server', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  child.stdin.end(config)
  const server: RedisServer = {
    url: `unix:${socket}`,
    async cli(...commands) {
      const words = ['-s', socket, '-a', password, '--no-auth-warning']
      const program = spawn('redis-cli', words, { stdio: ['pipe', 'pipe', 'ignore'] })
      program.stdin.end(commands.join('\n'))
      return (await text(program.stdout)).trim()
    },
    async close() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true })
    },
  }
  const deadline = performance.now() + 20_000
  while ((await server.cli('PING')) !== 'PONG') {
    if (performance.now() > deadline || child.exitCode !== null) {
      await server.close()
      throw new Error('redis-server did not start: is it installed?')
    }
    await delay(5)
  }
  return server
}
