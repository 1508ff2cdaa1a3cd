import { connect, type Socket } from 'node:net'
import { ActivityFailed } from '@squall/contract'
import { type Reply, ReplyError, readReply } from './read-reply.ts'
import type { RedisPlace } from './redis-place.ts'

/** Asks a Redis; `ask('GET', 'key')` resolves to its answer. */
export type Ask = (...words: readonly (string | Buffer)[]) => Promise<Reply>

/**
 * Opens a connection, hands it to `use` and closes it, whatever happens. An abort closes it at once, and what Redis has
 * not begun by then it does not do. Throws `ActivityFailed` when there is no Redis, or one that refuses.
 */
export async function withRedis<Result>(
  place: RedisPlace,
  signal: AbortSignal,
  use: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const socket = connect(addressOf(place.url))
  const conversation = new Conversation(socket, place.url)
  const abort = (): void => void socket.destroy(signal.reason as Error)
  signal.addEventListener('abort', abort)
  try {
    if (place.password !== undefined) await conversation.ask('AUTH', place.password)
    return await use((...words) => conversation.ask(...words))
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

function addressOf(url: string): { path: string } | { host: string; port: number } {
  if (!URL.canParse(url)) throw new ActivityFailed(`'${url}' is no address of a Redis.`)
  const { protocol, pathname, hostname, port } = new URL(url)
  if (protocol === 'unix:') return { path: decodeURIComponent(pathname) }
  if (protocol === 'redis:') return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) }
  throw new ActivityFailed(`'${url}' is no address of a Redis.`, {
    hint: 'Write redis://HOST:PORT or unix:/PATH.',
  })
}

/** One question after the other. */
class Conversation {
  private readonly socket: Socket
  private readonly url: string
  private received = Buffer.alloc(0)
  private waiting: { resolve(reply: Reply): void; reject(error: unknown): void } | undefined
  private failure: unknown

  constructor(socket: Socket, url: string) {
    this.socket = socket
    this.url = url
    socket.on('data', (bytes) => this.take(bytes))
    socket.on('error', (error) => this.fail(new ActivityFailed(`No Redis at ${url}: ${error.message}.`)))
    socket.on('close', () => this.fail(new ActivityFailed(`The Redis at ${url} closed the connection.`)))
  }

  async ask(...words: readonly (string | Buffer)[]): Promise<Reply> {
    if (this.failure !== undefined) throw this.failure
    const answer = new Promise<Reply>((resolve, reject) => {
      this.waiting = { resolve, reject }
    })
    this.socket.write(written(words))
    const reply = await answer
    // The words themselves may hold a password.
    if (reply instanceof ReplyError) throw new ActivityFailed(`The Redis at ${this.url} says: ${reply.text}.`)
    return reply
  }

  private take(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes])
    try {
      const read = readReply(this.received)
      if (!read) return
      this.received = this.received.subarray(read.end)
      this.waiting?.resolve(read.reply)
    } catch (error) {
      this.fail(new ActivityFailed((error as Error).message))
    }
  }

  private fail(error: unknown): void {
    this.failure ??= error
    this.waiting?.reject(this.failure)
  }
}

function written(words: readonly (string | Buffer)[]): Buffer {
  const parts = words
    .map((word) => Buffer.from(word))
    .flatMap((bytes) => [`$${bytes.length}\r\n`, bytes, '\r\n'])
  return Buffer.concat([`*${words.length}\r\n`, ...parts].map((part) => Buffer.from(part)))
}
