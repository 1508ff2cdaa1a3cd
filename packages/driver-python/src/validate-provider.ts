import {
  isObject,
  isSquallError,
  type JsonObject,
  type ProviderFields,
  type ProviderIssue,
} from '@squall/contract'
import { functionHint, importProblem } from './import-problem.ts'
import type { Fail } from './messages.ts'
import { fieldIssues } from './provider-fields.ts'
import { silentLog } from './silent-log.ts'
import type { Workers } from './workers.ts'

/** Everything wrong with a provider object: its fields, the module, the function, what it takes (spec 6.1). */
export async function validateProvider(
  provider: ProviderFields,
  options: JsonObject,
  workers: Workers,
): Promise<readonly ProviderIssue[]> {
  const issues = fieldIssues(provider)
  const isCallable = !issues.some(({ path }) => path[0] === 'module' || path[0] === 'func')
  return isCallable ? [...issues, ...(await lookAt(provider, options, workers))] : issues
}

async function lookAt(
  provider: ProviderFields,
  options: JsonObject,
  workers: Workers,
): Promise<readonly ProviderIssue[]> {
  const { module, func } = provider as Record<string, unknown>
  const args = isObject(provider.arguments) ? provider.arguments : {}
  try {
    const worker = workers.shared(options)
    const reply = await worker.request({ do: 'check', module, func, arguments: args }, { log: silentLog })
    if ('fail' in reply) return [issueOf(reply.fail, String(module), String(func), worker.interpreter)]
    return isObject(reply.ok) ? argumentIssues(reply.ok, String(func)) : []
  } catch (error) {
    if (!isSquallError(error)) throw error
    return [{ path: ['type'], message: error.message, hint: error.hint, once: true }]
  }
}

function issueOf(fail: Fail, module: string, func: string, interpreter: string): ProviderIssue {
  const problem = importProblem(module, fail, interpreter)
  if (problem) {
    // A package that is missing is missing for all its modules.
    const what = problem.missing ?? module
    const message = `The Python module '${what}' cannot be imported: ${problem.reason}.`
    return { path: ['module'], message, hint: problem.hint, once: true }
  }
  if (fail.kind === 'missing-function') {
    const what = fail.exists
      ? `'${func}' of '${module}' is no function`
      : `The Python module '${module}' has no function '${func}'`
    return { path: ['func'], message: `${what}.`, hint: functionHint(fail.names) }
  }
  const how = 'how' in fail ? fail.how : 'message' in fail ? fail.message : fail.kind
  return { path: ['module'], message: `Python ended while it looked at '${module}': ${how}.` }
}

function argumentIssues(answer: Record<string, unknown>, func: string): ProviderIssue[] {
  const problem = answer['arguments']
  if (typeof problem !== 'string') return []
  const takes = Array.isArray(answer['takes']) ? answer['takes'].join(', ') : ''
  const hint = takes === '' ? 'It takes no arguments.' : `It takes ${takes}.`
  return [{ path: ['arguments'], message: `Arguments of '${func}': ${problem}.`, hint }]
}
