import {
  type ControlContext,
  type ControlDeclaration,
  type ControlType,
  defineControl,
  type HookCall,
  type HookName,
  type OpenControl,
} from '@squall/contract'
import { hookContext, setupContext } from './control-context.ts'
import { hookFunctions, lifeCycleFunctions } from './control-hooks.ts'
import { FunctionProblem } from './function-problem.ts'
import { loadModule } from './load-function.ts'
import { resolveModule } from './resolve-module.ts'
import { thrownText } from './thrown-error.ts'
import { findFunction, type Namespace, type NodeFunction } from './worker/called-function.js'

/** Controls as modules: `"provider": {"type": "node", "module": "./control.js", "arguments": {...}}`. */
export const nodeControls: ControlType = defineControl({
  summary: 'Calls the hooks that a JavaScript or TypeScript module exports.',
  async validate(declaration, { directory }) {
    const { module } = declaration.provider
    if (typeof module !== 'string' || module === '')
      return [
        { message: "A 'node' control needs a 'module'.", hint: 'Give the path of a module or a package.' },
      ]
    try {
      return await checkModule(declaration, await namespaceOf(module, directory))
    } catch (error) {
      if (!(error instanceof FunctionProblem)) throw error
      // As with the reference: without the module, the control does nothing.
      return [{ level: 'warning', message: error.message, hint: error.hint }]
    }
  },
  async open({ provider }, context) {
    const namespace = await namespaceOf(String(provider['module'] ?? ''), context.directory)
    return { hooks: hooksOf(namespace, context), ...lifeCycleOf(namespace, context) }
  },
})

async function namespaceOf(module: string, directory: string): Promise<Namespace> {
  return loadModule(module, await resolveModule(module, directory))
}

async function checkModule(declaration: ControlDeclaration, namespace: Namespace) {
  const named = Object.values(hookFunctions).some((names) => exported(namespace, names))
  const module = String(declaration.provider['module'])
  if (!named && !exported(namespace, lifeCycleFunctions.configure)) {
    const message = `'${module}' exports no hook, so this control does nothing.`
    return [{ level: 'warning' as const, message, hint: 'Export a function such as `beforeActivity`.' }]
  }
  try {
    await exported(namespace, lifeCycleFunctions.validate)?.(structuredClone(declaration), {})
    return []
  } catch (error) {
    return [{ message: `'${module}' finds this control wrong: ${thrownText(error)}` }]
  }
}

function exported(namespace: Namespace, names: readonly string[]): NodeFunction | undefined {
  for (const name of names) {
    const found = findFunction(namespace, name)
    if (found) return found
  }
  return undefined
}

function hooksOf(namespace: Namespace, context: ControlContext): OpenControl['hooks'] {
  const names = Object.keys(hookFunctions) as HookName[]
  const hooks = names.flatMap((hook) => {
    const fn = exported(namespace, hookFunctions[hook])
    const call = async (given: HookCall): Promise<void> => {
      await fn?.(given.context.value, hookContext(given, context))
    }
    return fn ? [[hook, call] as const] : []
  })
  return Object.fromEntries(hooks)
}

function lifeCycleOf(namespace: Namespace, context: ControlContext): Omit<OpenControl, 'hooks'> {
  const configure = exported(namespace, lifeCycleFunctions.configure)
  const cleanup = exported(namespace, lifeCycleFunctions.cleanup)
  const onEvent = findFunction(namespace, 'onEvent')
  return {
    ...(configure && {
      configure: async (call) => void (await configure(call.arguments, setupContext(call, context))),
    }),
    ...(cleanup && { cleanup: async () => void (await cleanup({}, { log: context.log })) }),
    ...(onEvent && { onEvent: (event) => void onEvent(event, { log: context.log }) }),
  }
}
