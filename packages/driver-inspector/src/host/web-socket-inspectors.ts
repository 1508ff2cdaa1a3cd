import { ActivityFailed, anySignal } from '@squall/contract'
import { request, WebSocket } from 'undici'
import type { ListeningSocket } from '../process-table.ts'
import { type Inspectors, type Session, SessionLost } from '../session.ts'

/** How long an inspector may take to say who it is; its thread answers also while the event loop is busy. */
const answerMs = 1_000

/** Inspectors on this machine, spoken to over their WebSocket. */
export const webSocketInspectors: Inspectors = { find, connect }

async function find({ address, port }: ListeningSocket, signal: AbortSignal): Promise<string | null> {
  const limit = anySignal([signal, AbortSignal.timeout(answerMs)])
  try {
    const { body } = await request(`http://${hostFor(address)}:${port}/json/list`, {
      signal: limit,
      reset: true,
    })
    const [target] = (await body.json()) as { type?: string; webSocketDebuggerUrl?: string }[]
    return target?.type === 'node' ? (target.webSocketDebuggerUrl ?? null) : null
  } catch {
    // Something else listens there, or nothing does.
    signal.throwIfAborted()
    return null
  }
}

/** As it stands in a URL; who listens on every address is asked on loopback. */
function hostFor(address: string): string {
  const known: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
  const host = known[address] ?? address
  return host.includes(':') ? `[${host}]` : host
}

async function connect(url: string, signal: AbortSignal): Promise<Session> {
  signal.throwIfAborted()
  const socket = new WebSocket(url)
  const connection = new Connection(socket, signal)
  try {
    await connection.opened
    return connection
  } catch (error) {
    socket.close()
    throw error
  }
}

interface Waiting {
  resolve(answer: Answer): void
  reject(error: unknown): void
}

interface Answer {
  readonly id?: number
  readonly error?: { readonly message: string }
  readonly result?: {
    readonly result?: { readonly value?: unknown }
    readonly exceptionDetails?: {
      readonly text: string
      readonly exception?: { readonly description?: string }
    }
  }
}

class Connection implements Session {
  readonly opened: Promise<void>
  readonly #socket: WebSocket
  readonly #signal: AbortSignal
  readonly #waiting = new Map<number, Waiting>()
  readonly #closed: Promise<void>
  #lastId = 0

  constructor(socket: WebSocket, signal: AbortSignal) {
    this.#socket = socket
    this.#signal = signal
    this.opened = new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true })
      socket.addEventListener('error', () => reject(ended('cannot be connected to')), { once: true })
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    this.#closed = new Promise((resolve) => socket.addEventListener('close', () => resolve(), { once: true }))
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Answer))
    const onAbort = (): void => this.#failAll(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    void this.#closed.then(() => {
      signal.removeEventListener('abort', onAbort)
      this.#failAll(ended('went away'))
    })
  }

  async evaluate(expression: string, awaits = false): Promise<unknown> {
    this.#signal.throwIfAborted()
    // What is sent to a closed connection is lost without a word, and nobody would answer.
    if (this.#socket.readyState !== WebSocket.OPEN) throw ended('went away')
    const { error, result } = await this.#ask(expression, awaits)
    if (error) throw new ActivityFailed(`The inspector of the process refused: ${error.message}.`)
    const details = result?.exceptionDetails
    if (details) throw new ActivityFailed(messageOf(details.exception?.description ?? details.text))
    return result?.result?.value
  }

  async close(last?: string): Promise<void> {
    if (last !== undefined && this.#socket.readyState === WebSocket.OPEN) this.#send(last)
    this.#socket.close()
    await this.#closed
  }

  #ask(expression: string, awaits: boolean): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#send(expression, awaits), { resolve, reject })
    })
  }

  #send(expression: string, awaitPromise = false): number {
    this.#lastId += 1
    // Awaited only where there is a promise: what else a blocked process answers with, V8 12 wraps in one of its own, which is
    // collected before its event loop comes round.
    const params = { expression, awaitPromise, returnByValue: true, includeCommandLineAPI: true }
    this.#socket.send(JSON.stringify({ id: this.#lastId, method: 'Runtime.evaluate', params }))
    return this.#lastId
  }

  #receive(answer: Answer): void {
    if (answer.id === undefined) return
    this.#waiting.get(answer.id)?.resolve(answer)
    this.#waiting.delete(answer.id)
  }

  #failAll(reason: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }
}

function ended(what: string): SessionLost {
  return new SessionLost(`The inspector of the process ${what}.`)
}

/** The first line of an error from inside, without the name of its class. */
function messageOf(description: string): string {
  return (description.split('\n')[0] ?? '').replace(/^(?:Uncaught )?(?:Error: )?/, '')
}
