import {
  type Change,
  type ControlContext,
  type HookCall,
  type HookName,
  InterruptRun,
  type JsonObject,
  type LiveDocument,
  type OpenControl,
  type RunEvent,
  type SetupCall,
} from '@squall/contract'
import { applySteps } from './apply-steps.ts'
import type { Caller } from './caller.ts'
import { type Given, HookDocuments } from './hook-documents.ts'
import { hookFunctions } from './hook-names.ts'
import type { Fail } from './messages.ts'
import { errorOf } from './outcome.ts'
import type { PythonWorker } from './python-worker.ts'
import { mirrorOf, type RunMirror } from './run-mirror.ts'

export interface PythonControlParts {
  readonly module: string
  /** The functions the module has, with the parameters each declares beside its arguments. */
  readonly declared: Readonly<Record<string, readonly string[]>>
  readonly worker: PythonWorker
  readonly context: ControlContext
}

/** The events that handlers in Python know (spec 16). */
const toldEvents: ReadonlySet<RunEvent['type']> = new Set([
  'hypothesis-started',
  'hypothesis-completed',
  'method-started',
  'method-completed',
  'rollbacks-started',
  'rollbacks-completed',
  'activity-started',
  'activity-completed',
  'status-changed',
  'deviated',
  'interrupted',
  'run-completed',
])

/** What a hook function left behind. */
interface HookAnswer {
  readonly changes: readonly [name: string, steps: readonly Change[]][]
  readonly skip?: true
  readonly fail?: Fail
  readonly listens?: true
}

/** A control in Python during one run. Its state lies in the module's globals, so its worker is kept. */
export class OpenPythonControl implements OpenControl {
  readonly hooks: OpenControl['hooks']
  readonly #parts: PythonControlParts
  readonly #mirror: RunMirror
  readonly #caller: Caller
  #listens = false
  /** How many events Python was told: it sees them in this order. */
  #told = 0

  constructor(parts: PythonControlParts) {
    const { worker, context, declared } = parts
    this.#parts = parts
    this.#caller = { log: context.log, interrupt: (how, reason) => context.interrupt(how, reason) }
    this.#mirror = mirrorOf(context.signal, ({ id }) => {
      void worker.request({ do: 'close-run', run: id }, this.#caller)
    })
    context.signal.addEventListener('abort', worker.hold(), { once: true })
    const names = Object.entries(hookFunctions).filter(([, name]) => declared[name]) as [HookName, string][]
    this.hooks = Object.fromEntries(
      names.map(([hook, name]) => [hook, (call: HookCall) => this.#hook(name, call)]),
    )
  }

  async configure(call: SetupCall): Promise<void> {
    const name = 'configure_control'
    const declared = this.#parts.declared[name]
    if (!declared) return
    const documents = new HookDocuments(this.#mirror, call)
    const answer = await this.#call(name, call.arguments, documents.forSetup(declared), documents)
    this.#listens = answer.listens === true
  }

  async cleanup(): Promise<void> {
    const { declared, worker, module } = this.#parts
    if (!declared['cleanup_control']) return
    const reply = await worker.request({ do: 'call', module, func: 'cleanup_control' }, this.#caller)
    if ('fail' in reply && reply.fail.kind !== 'not-json') throw this.#error(reply.fail, 'cleanup_control')
  }

  onEvent(event: RunEvent): void {
    if (!this.#listens || !toldEvents.has(event.type)) return
    const { worker, context } = this.#parts
    this.#told += 1
    const order = { do: 'events', run: this.#mirror.id, number: this.#told, event } as const
    const told = (why: unknown): void =>
      context.log.debug(`Python did not see '${event.type}': ${String(why)}.`)
    worker.request(order, this.#caller).then(
      (reply) => 'fail' in reply && told(this.#error(reply.fail, event.type)),
      (error: unknown) => told(error),
    )
  }

  async #hook(name: string, call: HookCall): Promise<void> {
    const documents = new HookDocuments(this.#mirror, call)
    const given = documents.forHook(this.#parts.declared[name] ?? [], call)
    const answer = await this.#call(name, call.arguments, given, documents, call.signal)
    if (answer.skip) call.skip()
  }

  async #call(
    name: string,
    args: JsonObject,
    given: Given,
    documents: HookDocuments,
    signal?: AbortSignal,
  ): Promise<HookAnswer> {
    const { worker, module } = this.#parts
    const order = { do: 'hook', module, hook: name, run: this.#mirror.id, arguments: args, ...given } as const
    const reply = await worker.request(order, this.#caller, signal)
    if ('fail' in reply) throw this.#error(reply.fail, name)
    const answer = reply.ok as unknown as HookAnswer
    for (const [document, steps] of answer.changes) this.#apply(document, steps, documents)
    if (answer.fail) throw this.#error(answer.fail, name)
    return answer
  }

  #apply(name: string, steps: readonly Change[], documents: HookDocuments): void {
    const found: LiveDocument | undefined = documents.named(name)
    if (found) documents.follow(name, found, () => applySteps(found, steps))
  }

  #error(fail: Fail, func: string): Error {
    const { module, worker, context } = this.#parts
    if (fail.kind === 'interrupt') return new InterruptRun(fail.message)
    if (fail.kind === 'raised') return new Error(fail.line)
    if (fail.kind !== 'exit') return errorOf(fail, { module, func, interpreter: worker.interpreter })
    const reason = `'${func}' of '${module}' raised ${fail.name}${fail.code === null ? '' : `(${fail.code})`}`
    if (fail.code === 30) context.interrupt('ungraceful', reason)
    return new InterruptRun(reason)
  }
}
