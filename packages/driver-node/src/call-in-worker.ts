import {
  type ActivityContext,
  ActivityFailed,
  isSquallError,
  type JsonValue,
  type RegisteredUndo,
  type SquallError,
} from '@squall/contract'
import { argumentsRefused, type FunctionName, functionMissing } from './function-problem.ts'
import { startWorker, type WorkerThread } from './host/start-worker.ts'
import { thrownFailure, thrownText } from './thrown-error.ts'
import { registerUndo } from './undo-call.ts'
import { errorFromPlain, plainError } from './worker/plain-error.js'
import type { FromWorker, PlainError } from './worker-messages.ts'

/** How long a function may tidy up once its signal is aborted, before its thread is ended. */
const graceMs = 50

export interface WorkerCall extends FunctionName {
  readonly url: string
  readonly arguments: unknown
  /** Seconds; absent means as long as it takes. */
  readonly timeout: number | undefined
}

/** Calls a function in a thread of its own, which is ended on abort and on timeout, whatever the function does. */
export async function callInWorker(call: WorkerCall, context: ActivityContext): Promise<JsonValue> {
  context.signal.throwIfAborted()
  const { url, func, arguments: args } = call
  const { configuration, secrets, clock } = context
  const worker = await startWorker({ url, func, arguments: args, configuration, secrets })
  const over = new AbortController()
  try {
    const answer = answerOf(worker, call, context)
    const stop = stopOf(call, context, over.signal)
    const first = await Promise.race([answer, stop])
    if ('value' in first) return first.value
    worker.send({ type: 'abort', reason: thrownText(first.stop) })
    await Promise.race([answer.catch(() => undefined), clock.sleep(graceMs, over.signal)])
    throw first.stop
  } finally {
    over.abort()
    await worker.end()
  }
}

function answerOf(
  worker: WorkerThread,
  call: WorkerCall,
  context: ActivityContext,
): Promise<{ readonly value: JsonValue }> {
  const undos = new UndoRegistrations(worker, call, context)
  return new Promise((resolve, reject) => {
    worker.onMessage((message) => {
      if (message.type === 'log') context.log[message.level](message.message, message.fields)
      else if (message.type === 'undo' || message.type === 'amend') undos.answer(message)
      else if (message.type === 'returned') resolve({ value: (message.value ?? null) as JsonValue })
      else reject(failure(message, call, undos))
    })
    worker.onError((error) => reject(thrownFailure(call, error)))
    worker.onExit((code) =>
      reject(
        new ActivityFailed(`'${call.func}' of '${call.module}' ended its thread with exit code ${code}.`),
      ),
    )
  })
}

function failure(
  message: FromWorker & { type: 'threw' | 'missing' | 'refused' },
  call: WorkerCall,
  undos: UndoRegistrations,
): Error {
  if (message.type === 'missing') return functionMissing(call.module, call.func, message.names)
  if (message.type === 'refused') return argumentsRefused(call.module, call.func, message.problems)
  return undos.thrownAs(message.error) ?? thrownFailure(call, errorFromPlain(message.error))
}

/** Resolves to why the function must end: the activity was aborted, or its time is up. */
async function stopOf(
  { module, func, timeout }: WorkerCall,
  { signal, clock }: ActivityContext,
  over: AbortSignal,
): Promise<{ readonly stop: unknown }> {
  const aborted = new Promise<{ stop: unknown }>((resolve) => {
    const stop = () => resolve({ stop: signal.reason })
    // It may have been aborted while the thread was being started.
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { signal: over })
  })
  if (timeout === undefined) return aborted
  const timedOut = clock.sleep(timeout * 1000, over).then(() => ({
    stop: new ActivityFailed(`'${func}' of '${module}' took longer than ${timeout} s.`, {
      hint: 'Give it a longer `timeout`, or find out what it waits for.',
    }),
  }))
  return Promise.race([aborted, timedOut])
}

/** Registers undos for a function in a thread. */
class UndoRegistrations {
  readonly #registered = new Map<number, Promise<RegisteredUndo>>()
  readonly #worker: WorkerThread
  readonly #call: WorkerCall
  readonly #context: ActivityContext
  #failed: SquallError | undefined

  constructor(worker: WorkerThread, call: WorkerCall, context: ActivityContext) {
    this.#worker = worker
    this.#call = call
    this.#context = context
  }

  answer(message: FromWorker & { type: 'undo' | 'amend' }): void {
    const { call } = message
    this.#carryOut(message).then(
      () => this.#worker.send({ type: 'answered', call }),
      (error) => {
        if (isSquallError(error)) this.#failed = error
        this.#worker.send({ type: 'answered', call, error: plainError(error) })
      },
    )
  }

  /** The error with which a registration failed, when it is what the function then threw. */
  thrownAs(plain: PlainError): Error | undefined {
    return 'code' in plain && plain.code === this.#failed?.code ? this.#failed : undefined
  }

  async #carryOut(message: FromWorker & { type: 'undo' | 'amend' }): Promise<void> {
    if (message.type === 'amend') {
      const registered = await this.#registered.get(message.undo)
      return registered?.amend(message.arguments)
    }
    const { func, arguments: args } = message
    const registering = registerUndo(this.#context, { module: this.#call.url, func, arguments: args })
    this.#registered.set(message.undo, registering)
    await registering
  }
}
