import { jsonText, parseJson, SquallError, valueAt } from '@squall/contract'
import type { Caller } from './caller.ts'
import type { FromWorker, Order, Reply } from './messages.ts'
import type { PythonWorld, WorkerProcess } from './python-world.ts'
import { Surroundings } from './surroundings.ts'

/** How long Python code may tidy up once it was told to end, before it is given up. */
const graceMs = 50
/** How long a worker may take to end in an orderly way. */
const goodbyeMs = 1000

interface Pending {
  readonly caller: Caller
  readonly settle: (reply: Reply) => void
}

/** A Python process that serves many requests side by side. */
export class PythonWorker {
  readonly interpreter: string
  readonly #world: PythonWorld
  readonly #process: WorkerProcess
  readonly #surroundings: Surroundings
  readonly #pending = new Map<number, Pending>()
  readonly #gone = new AbortController()
  readonly #said: string[] = []
  /** Aborted when nothing is asked of it any more. */
  #idle = new AbortController()
  /** Orders that wait until Python has started; undefined from then on. One that is aborted before has done nothing. */
  #waiting: Map<number, string> | undefined = new Map()
  #lastId = 0
  #lastCaller: Caller | undefined
  #hello: FromWorker['hello']
  #holders = 0
  /** Calls that did not end when they were told to. */
  #isStuck = false
  #isEnding = false

  constructor(interpreter: string, world: PythonWorld) {
    this.interpreter = interpreter
    this.#world = world
    this.#surroundings = new Surroundings(world)
    this.#process = world.startWorker(interpreter, this.#surroundings.place)
    this.#process.onLine((line) => this.#receive(parseJson(line) as unknown as FromWorker))
    this.#process.onOutput((line) => this.#hear(line))
    this.#process.onExit((how) => this.#leave(how))
  }

  /** Takes orders: it has not ended, and nobody is ending it. */
  get isUsable(): boolean {
    return !this.#isEnding && !this.#gone.signal.aborted
  }

  /** The interpreter's own path, as it tells it. */
  get executable(): string {
    return this.#hello?.executable || this.interpreter
  }

  /** Somebody's state lies in this worker's modules: it is not ended while they need it. Answers how to let go. */
  hold(): () => void {
    this.#holders += 1
    let isHeld = true
    return () => {
      if (isHeld) this.#holders -= 1
      isHeld = false
    }
  }

  /**
   * Carries out one order. An abort interrupts it; where it does not end then, the worker is ended, unless others need
   * it: then it is left alone until the worker is closed. Rejects with `SQUALL_PYTHON_UNUSABLE` and, on abort, with the
   * signal's reason.
   */
  async request(order: Order, caller: Caller, signal?: AbortSignal): Promise<Reply> {
    signal?.throwIfAborted()
    const id = ++this.#lastId
    const replied = new Promise<Reply>((settle) => this.#pending.set(id, { caller, settle }))
    this.#lastCaller = caller
    this.#process.keepAlive(true)
    const changes = this.#surroundings.changes()
    if (!this.isUsable) this.#settle(id, { fail: { kind: 'gone', how: this.#whyGone } })
    else this.#send(id, jsonText({ id, ...order, ...(changes ? { changes } : {}) }))
    const abort = (): void => void this.#abort(id)
    signal?.addEventListener('abort', abort, { once: true })
    try {
      const reply = await replied
      if ('fail' in reply && reply.fail.kind === 'gone' && !this.#hello?.version)
        throw this.#unusable(reply.fail.how)
      if ('fail' in reply) signal?.throwIfAborted()
      return reply
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Ends the worker: in an orderly way where nothing is stuck in it, so that what Python does at exit is done. */
  async close(): Promise<void> {
    if (this.#gone.signal.aborted) return
    if (!this.#isStuck) await this.#sayGoodbye()
    await this.kill()
  }

  async #sayGoodbye(): Promise<void> {
    this.#process.keepAlive(true)
    if (this.#pending.size > 0) await this.#world.delay(goodbyeMs, this.#idle.signal)
    this.#isEnding = true
    // Its last reply has let go of it, and nothing else may keep this process alive until it has ended.
    this.#process.keepAlive(true)
    this.#process.send('{"bye": true}')
    await this.#world.delay(goodbyeMs, this.#gone.signal)
  }

  async kill(): Promise<void> {
    if (this.#gone.signal.aborted) return
    this.#isEnding = true
    this.#process.keepAlive(true)
    this.#process.kill()
    await this.#world.delay(goodbyeMs, this.#gone.signal)
    this.#process.keepAlive(false)
  }

  get #whyGone(): string {
    return this.#gone.signal.aborted ? String(this.#gone.signal.reason) : 'it is being ended'
  }

  #send(id: number, line: string): void {
    if (this.#waiting) this.#waiting.set(id, line)
    else this.#process.send(line)
  }

  #begin(hello: FromWorker['hello']): void {
    this.#hello = hello
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const [, line] of waiting) this.#process.send(line)
  }

  async #abort(id: number): Promise<void> {
    if (this.#waiting?.delete(id)) this.#settle(id, { fail: { kind: 'aborted' } })
    if (!this.#pending.has(id)) return
    this.#process.send(`{"abort": ${id}}`)
    await this.#world.delay(graceMs, this.#gone.signal)
    if (!this.#pending.has(id)) return
    this.#isStuck = true
    this.#settle(id, { fail: { kind: 'aborted' } })
    await this.#killIfUseless()
  }

  async #killIfUseless(): Promise<void> {
    if (this.#isStuck && this.#pending.size === 0 && this.#holders === 0) await this.kill()
  }

  #receive(message: FromWorker): void {
    if (message.hello) this.#begin(message.hello)
    else if (message.ask !== undefined) void this.#undo(message)
    else if (message.log) this.#callerOf(message)?.log[message.log[0]](message.log[1])
    else if (message.out !== undefined) this.#say(message.out, this.#callerOf(message))
    else if (message.interrupt)
      this.#lastCaller?.interrupt?.(message.interrupt, exitReason(message.interrupt))
    else if (typeof message.id === 'number') this.#finish(message.id, message)
  }

  #finish(id: number, message: FromWorker): void {
    const { fail, changes } = message
    try {
      if (changes) this.#surroundings.take(changes)
    } catch (error) {
      // A thread has no working directory of its own to change.
      this.#callerOf({ id })?.log.warn(
        `What Python changed of its surroundings holds there only: ${String(error)}.`,
      )
    }
    if (fail) this.#settle(id, { fail })
    // A number may have a text of its own.
    else this.#settle(id, { ok: valueAt(message, 'ok') })
    void this.#killIfUseless()
  }

  #settle(id: number, reply: Reply): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (this.#pending.size === 0) this.#becomeIdle()
    pending?.settle(reply)
  }

  #becomeIdle(): void {
    this.#process.keepAlive(false)
    this.#idle.abort()
    this.#idle = new AbortController()
  }

  #callerOf({ id }: Pick<FromWorker, 'id'>): Caller | undefined {
    return (typeof id === 'number' ? this.#pending.get(id)?.caller : undefined) ?? this.#lastCaller
  }

  async #undo({ ask, id, undo }: FromWorker): Promise<void> {
    const register = this.#callerOf({ id: id ?? null })?.undo
    const error = await (async () => {
      if (!register || !undo) return 'nothing here can be undone'
      try {
        await register(ask ?? 0, undo)
        return undefined
      } catch (reason) {
        return reason instanceof Error ? reason.message : String(reason)
      }
    })()
    this.#process.send(JSON.stringify({ answer: ask, ...(error === undefined ? {} : { error }) }))
  }

  /** Lines that came by no message: of children, or of a Python that cannot even start. */
  #hear(line: string): void {
    if (this.#hello === undefined && this.#said.length < 20) this.#said.push(line)
    else this.#say(line, this.#callerOf({}))
  }

  #say(line: string, caller: Caller | undefined): void {
    if (line.trim() !== '') caller?.log.info(line)
  }

  #leave(how: string): void {
    if (this.#gone.signal.aborted) return
    this.#gone.abort(how)
    for (const id of [...this.#pending.keys()]) this.#settle(id, { fail: { kind: 'gone', how } })
  }

  #unusable(how: string): SquallError {
    const { tooOld } = this.#hello ?? {}
    const said = this.#said.at(-1)
    const reason = tooOld
      ? `it is ${tooOld}, and 3.8 is the oldest that can`
      : `${said ? `${said}, ` : ''}${how}`
    return new SquallError('SQUALL_PYTHON_UNUSABLE', { interpreter: this.interpreter, reason })
  }
}

function exitReason(how: 'graceful' | 'ungraceful'): string {
  return `Python code asked to end the run ${how === 'graceful' ? 'gracefully' : 'at once'}.`
}
