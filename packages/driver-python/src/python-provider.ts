import { type ActivityContext, defineProvider, type JsonValue, type ProviderCall } from '@squall/contract'
import type { Caller } from './caller.ts'
import { isImportable } from './is-importable.ts'
import type { Order } from './messages.ts'
import { outcomeOf } from './outcome.ts'
import { type PythonFields, providerSchema, readFields } from './provider-fields.ts'
import { pythonControls } from './python-controls.ts'
import type { PythonWorker } from './python-worker.ts'
import { undoRegistrar } from './undo-call.ts'
import { validateProvider } from './validate-provider.ts'
import { withinTimeout } from './within-timeout.ts'
import type { Workers } from './workers.ts'

/** The provider type `python`, field for field as Chaos Toolkit's, and `timeout`. */
export const pythonProvider = (workers: Workers) =>
  defineProvider({
    summary: 'Calls a function of a Python module, such as an extension of Chaos Toolkit.',
    schema: providerSchema,
    substituted: ['timeout'],
    undoSummary:
      'Undone by what the function itself registers with squall_undo(...); without that it cannot be undone.',
    validate: (provider, { options }) => validateProvider(provider, options, workers),
    canImport: (module, { options }) => isImportable(module, options, workers),
    run: (call, context) => runFunction(call, context, workers),
    targets: async () => ({ unknown: 'what a Python function touches cannot be known' }),
    controls: pythonControls(workers),
  })

/** A call with a time limit has a process of its own, so that ending it leaves the others alone. */
async function runFunction(
  call: ProviderCall,
  context: ActivityContext,
  workers: Workers,
): Promise<JsonValue> {
  context.signal.throwIfAborted()
  const fields = readFields(call.provider)
  if (fields.timeout === undefined && call.hasTimeLimit !== true)
    return callIn(workers.shared(context.options), fields, call, context, workers)
  return workers.inOwn(context.options, (worker) =>
    withinTimeout(fields, context, (signal) => callIn(worker, fields, call, { ...context, signal }, workers)),
  )
}

async function callIn(
  worker: PythonWorker,
  fields: PythonFields,
  { background = false }: ProviderCall,
  context: ActivityContext,
  { world }: Workers,
): Promise<JsonValue> {
  const { module, func } = fields
  const place = () => ({ interpreter: worker.executable, directory: world.workingDirectory() })
  const caller: Caller = {
    log: context.log,
    undo: undoRegistrar(context, place),
    ...(context.interrupt ? { interrupt: (how, reason) => context.interrupt?.(how, reason) } : {}),
  }
  const reply = await worker.request(orderOf(fields, background, context), caller, context.signal)
  return outcomeOf(reply, { module, func, background, interpreter: worker.interpreter }, context)
}

function orderOf(fields: PythonFields, beside: boolean, { configuration, secrets }: ActivityContext): Order {
  const { module, func, arguments: args } = fields
  return {
    do: 'call',
    module,
    func,
    arguments: args,
    configuration,
    ...(fields.takesSecrets ? { secrets } : {}),
    ...(beside ? { beside } : {}),
  }
}
