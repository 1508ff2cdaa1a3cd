import type { JsonValue, ProviderFields, ProviderIssue } from '@squall/contract'
import { FunctionProblem } from './function-problem.ts'
import type { FunctionCache, LoadedFunction } from './load-function.ts'
import { fieldIssues, type NodeFields, readFields } from './provider-fields.ts'
import { checkArguments } from './worker/called-function.js'

/** Finds everything wrong with a provider object. Imports its module, and so runs the module's top-level code. */
export async function validateProvider(
  provider: ProviderFields,
  directory: string,
  cache: FunctionCache,
): Promise<ProviderIssue[]> {
  const issues = fieldIssues(provider)
  if (issues.some(({ path }) => path[0] === 'module' || path[0] === 'func')) return issues
  try {
    const loaded = await cache.load(
      { module: String(provider['module']), func: String(provider.func) },
      directory,
    )
    return issues.length > 0 ? issues : await argumentIssues(loaded, readFields(provider))
  } catch (error) {
    if (!(error instanceof FunctionProblem)) throw error
    return [...issues, { path: [error.field], message: error.message, hint: error.hint }]
  }
}

async function argumentIssues({ fn, func }: LoadedFunction, fields: NodeFields): Promise<ProviderIssue[]> {
  // Values that are only known during the run cannot be judged yet.
  if (hasReference(fields.arguments as JsonValue)) return []
  const checked = await checkArguments(fn, fields.arguments)
  if ('value' in checked) return []
  return checked.issues.map(({ message, path }) => ({
    path: ['arguments', ...path],
    message: `Arguments of '${func}': ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
    hint: 'The function says in its `args` what it takes.',
  }))
}

function hasReference(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('$')
  return typeof value === 'object' && value !== null && Object.values(value).some(hasReference)
}
