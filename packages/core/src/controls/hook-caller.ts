import {
  type Clock,
  type ControlLevel,
  type HookCall,
  type HookName,
  hasCode,
  isObject,
  type JsonObject,
  type JsonValue,
} from '@squall/contract'
import { substitute, type Variables } from '../configuration/substitute.ts'
import { copyJson } from '../run/json-result.ts'
import { orAbandon } from '../run/or-abandon.ts'
import type { ChangeTracker } from './change-tracker.ts'
import type { PooledControl } from './control-pool.ts'
import { LiveView } from './live-view.ts'

/** One call of a hook. */
export interface HookRequest {
  readonly level: ControlLevel
  readonly side: 'before' | 'after'
  readonly context: JsonValue
  /** After-hooks only. */
  readonly state?: JsonValue
  readonly fields: JsonObject
  readonly signal: AbortSignal
  readonly skip: (output: JsonValue) => void
}

/** What hooks see of a run. */
export interface HookDocuments {
  readonly tracker: ChangeTracker
  /** Null before it is known. */
  readonly experiment: JsonObject | null
  readonly settings: JsonObject
  readonly variables: Variables
}

/**
 * Calls one hook of a control, if it has it. Rejects with what the hook throws, or with the signal's reason when the hook
 * does not end within 100 ms of an abort.
 */
export async function callHook(
  control: PooledControl,
  request: HookRequest,
  { documents, clock }: { readonly documents: HookDocuments; readonly clock: Clock },
): Promise<void> {
  const name: HookName = `${request.side}-${request.level}`
  const hook = control.open.hooks[name]
  if (!hook) return
  const view = new LiveView({ control: control.name, hook: name }, documents.tracker)
  const call = hookCall(request, view, documents)
  await orAbandon(
    // A hook that is no asynchronous function may throw at once.
    (async () => hook(call))(),
    request.signal,
    clock,
  )
}

function hookCall(request: HookRequest, view: LiveView, documents: HookDocuments): HookCall {
  const { experiment, settings, variables } = documents
  return {
    arguments: argumentsFor(request.fields, variables),
    context: view.document(request.context),
    ...(request.state === undefined ? {} : { state: view.document(request.state) }),
    experiment: experiment && view.document(experiment),
    configuration: view.document(variables.configuration),
    secrets: view.document(variables.secrets),
    settings: view.document(settings),
    signal: request.signal,
    skip: (output = null) => request.skip(output),
  }
}

/** Arguments as declared: copied, and with variables replaced where there are any (spec 4). */
function argumentsFor({ provider }: JsonObject, variables: Variables): JsonObject {
  const declared = isObject(provider) ? provider['arguments'] : undefined
  if (!isObject(declared)) return {}
  const copy = copyJson(declared) as JsonObject
  return variables.empty ? copy : (substitute(copy, variables) as JsonObject)
}

/** Whether a hook asks for the end of the run. */
export function asksForEnd(error: unknown): error is Error {
  return hasCode(error, 'SQUALL_CONTROL_INTERRUPTED')
}
