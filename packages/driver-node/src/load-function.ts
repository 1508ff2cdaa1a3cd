import { type FunctionName, FunctionProblem, functionMissing } from './function-problem.ts'
import { resolveModule } from './resolve-module.ts'
import { thrownText } from './thrown-error.ts'
import { findFunction, functionNames, type Namespace, type NodeFunction } from './worker/called-function.js'
import { importModule } from './worker/import-module.js'

/** A function and where it came from. */
export interface LoadedFunction {
  readonly fn: NodeFunction
  readonly func: string
  /** As the experiment names it. */
  readonly module: string
  /** What to import in any process and from any folder. */
  readonly url: string
  readonly namespace: Namespace
}

/** Imports a module, which runs its top-level code once per process, and finds a function in it. */
export async function loadFunction(
  { module, func }: FunctionName,
  directory: string,
): Promise<LoadedFunction> {
  const url = await resolveModule(module, directory)
  const namespace = await loadModule(module, url)
  const fn = findFunction(namespace, func)
  if (!fn) throw functionMissing(module, func, functionNames(namespace))
  return { fn, func, module, url, namespace }
}

/** Imports what `resolveModule` found; `module` is how it was named. */
export async function loadModule(module: string, url: string): Promise<Namespace> {
  try {
    return await importModule(url)
  } catch (error) {
    throw new FunctionProblem(
      'module',
      `'${module}' cannot be loaded: ${thrownText(error)}`,
      'Mend the module, or install what it imports.',
      error,
    )
  }
}

/** Remembers functions, so that the second call of one costs a look into a map. */
export class FunctionCache {
  readonly #loaded = new Map<string, LoadedFunction>()

  /** The function, if it was loaded before. */
  get({ module, func }: FunctionName, directory: string): LoadedFunction | undefined {
    return this.#loaded.get(`${func}\n${module}\n${directory}`)
  }

  async load(name: FunctionName, directory: string): Promise<LoadedFunction> {
    const loaded = this.get(name, directory) ?? (await loadFunction(name, directory))
    this.#loaded.set(`${name.func}\n${name.module}\n${directory}`, loaded)
    return loaded
  }
}
