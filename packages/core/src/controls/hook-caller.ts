import {
  type ControlLevel,
  type HookCall,
  type HookName,
  hasCode,
  isObject,
  type JsonObject,
  type JsonValue,
} from '@squall/contract'
import { substitute } from '../configuration/substitute.ts'
import { copyJson } from '../run/copy-json.ts'
import { orAbandon } from '../run/or-abandon.ts'
import type { RunScope } from '../run/run-scope.ts'
import type { PooledControl } from './control-pool.ts'
import type { LiveRun } from './live-run.ts'
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

/**
 * Calls one hook of a control, if it has it. Rejects with what the hook throws, or with the signal's reason when the hook
 * does not end within 100 ms of an abort.
 */
export async function callHook(
  control: PooledControl,
  request: HookRequest,
  { live, scope }: { readonly live: LiveRun; readonly scope: RunScope },
): Promise<void> {
  const name: HookName = `${request.side}-${request.level}`
  const hook = control.open.hooks[name]
  if (!hook) return
  const view = new LiveView({ control: control.name, hook: name }, live.tracker)
  const call = hookCall(request, view, live)
  await orAbandon(
    // A hook that is no asynchronous function may throw at once.
    (async () => hook(call))(),
    request.signal,
    scope.clock,
  )
}

function hookCall(request: HookRequest, view: LiveView, live: LiveRun): HookCall {
  const { experiment, settings, variables } = live
  return {
    arguments: argumentsFor(request.fields, live),
    context: view.document(request.context),
    ...(request.state === undefined ? {} : { state: view.document(request.state) }),
    experiment: view.document(experiment),
    configuration: view.document(variables.configuration),
    secrets: view.document(variables.secrets),
    settings: view.document(settings),
    signal: request.signal,
    skip: (output = null) => request.skip(output),
  }
}

/** Arguments as declared: copied, and with variables replaced where there are any (spec 4). */
function argumentsFor({ provider }: JsonObject, { variables }: LiveRun): JsonObject {
  const declared = isObject(provider) ? provider['arguments'] : undefined
  if (!isObject(declared)) return {}
  const copy = copyJson(declared) as JsonObject
  return variables.empty ? copy : (substitute(copy, variables) as JsonObject)
}

/** Whether a hook asks for the end of the run. */
export function asksForEnd(error: unknown): error is Error {
  return hasCode(error, 'SQUALL_CONTROL_INTERRUPTED')
}
