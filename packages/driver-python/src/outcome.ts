import { type ActivityContext, InterruptRun, type JsonValue } from '@squall/contract'
import { failedActivity, functionError, importError, importProblem } from './import-problem.ts'
import type { Fail, Reply } from './messages.ts'
import type { PythonFields } from './provider-fields.ts'

/** The exit code by which the reference tells an ungraceful end (spec 14). */
const ungracefulCode = 30

/** A call that was made, for the words about what came of it. */
export interface MadeCall extends Pick<PythonFields, 'module' | 'func'> {
  readonly interpreter: string
  /** An exit of Python code beside others is lost, as any other error there. */
  readonly background: boolean
}

/** The value a call answered with. Throws what its failure means to the run (spec 6.1). */
export function outcomeOf(
  reply: Reply,
  call: MadeCall,
  context: Pick<ActivityContext, 'interrupt'>,
): JsonValue {
  if ('ok' in reply) return reply.ok
  if (reply.fail.kind === 'exit') throw exitOf(reply.fail, call, context)
  throw errorOf(reply.fail, call)
}

function exitOf(
  { name, code }: Extract<Fail, { kind: 'exit' }>,
  { func, module, background }: MadeCall,
  context: Pick<ActivityContext, 'interrupt'>,
): Error {
  const reason = `'${func}' of '${module}' raised ${name}${code === null ? '' : `(${code})`}`
  if (background) return new Error(`${reason} beside others`)
  context.interrupt?.(code === ungracefulCode ? 'ungraceful' : 'graceful', `${reason}.`)
  return new InterruptRun(reason)
}

/** What a failure means to an activity: it failed, or nothing of it could be done. */
export function errorOf(fail: Fail, { module, func, interpreter }: Omit<MadeCall, 'background'>): Error {
  const problem = importProblem(module, fail, interpreter)
  if (problem) return importError(module, problem)
  switch (fail.kind) {
    case 'failed':
      return failedActivity(fail.message, fail.trace)
    case 'not-json':
      return failedActivity(
        `'${func}' of '${module}' answered with ${fail.message}, which is not JSON.`,
        undefined,
        'Let the function answer with texts, numbers, lists and objects only.',
      )
    case 'missing-function':
      return functionError(module, func, fail.names)
    case 'gone':
      return failedActivity(`Python ended while '${func}' of '${module}' was running: ${fail.how}.`)
    default:
      return new Error(
        `'${func}' of '${module}' could not be called: ${'message' in fail ? fail.message : fail.kind}`,
      )
  }
}
