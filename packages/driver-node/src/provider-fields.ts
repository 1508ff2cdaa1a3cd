import {
  ActivityFailed,
  isObject,
  type JsonSchema,
  type ProviderFields,
  type ProviderIssue,
} from '@squall/contract'

/** The provider object of a `node` activity. */
export const providerSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'module', 'func'],
  properties: {
    type: { const: 'node' },
    module: {
      type: 'string',
      minLength: 1,
      description:
        'Path of a JavaScript or TypeScript module, relative to the experiment; or a package installed there or above.',
    },
    func: { type: 'string', minLength: 1, description: 'Name of an exported function.' },
    arguments: { type: 'object', description: 'What the function gets as its first argument. Default: {}.' },
    interruptible: {
      type: 'boolean',
      default: false,
      description: 'Run the function in a worker thread, which can be ended whatever it does.',
    },
    timeout: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Seconds, after which the activity fails; the function then runs in a worker thread.',
    },
    secrets: {
      type: 'array',
      items: { type: 'string' },
      description: 'Groups of secrets the function gets.',
    },
  },
}

/** A provider object whose fields have been checked. */
export interface NodeFields {
  readonly module: string
  readonly func: string
  readonly arguments: Record<string, unknown>
  readonly timeout: number | undefined
  readonly isInterruptible: boolean
}

/** What is wrong with the fields themselves, before any module is looked at. */
export function fieldIssues(provider: ProviderFields): ProviderIssue[] {
  const { module, func, arguments: args, timeout, interruptible } = provider as Record<string, unknown>
  const issues: ProviderIssue[] = []
  if (!isName(module)) {
    issues.push(
      issue('module', "A 'node' provider needs a 'module'.", 'Give the path of a module or a package.'),
    )
  }
  if (!isName(func)) {
    issues.push(
      issue('func', "A 'node' provider needs a 'func'.", 'Name a function that the module exports.'),
    )
  }
  if (args !== undefined && !isObject(args)) {
    issues.push(
      issue('arguments', "'arguments' of a 'node' provider must be an object.", 'Write {"name": value}.'),
    )
  }
  if (timeout !== undefined && !isSeconds(timeout)) {
    issues.push(issue('timeout', `'timeout' must be a number of seconds above 0, not ${show(timeout)}.`))
  }
  if (interruptible !== undefined && typeof interruptible !== 'boolean') {
    issues.push(issue('interruptible', `'interruptible' must be true or false, not ${show(interruptible)}.`))
  }
  return issues
}

/** Reads the fields of a provider object. Throws `ActivityFailed` for one that validation would have refused. */
export function readFields(provider: ProviderFields): NodeFields {
  const [first] = fieldIssues(provider)
  if (first) throw new ActivityFailed(first.message, first.hint === undefined ? {} : { hint: first.hint })
  const { module, func, arguments: args, timeout, interruptible } = provider as Record<string, unknown>
  return {
    module: module as string,
    func: func as string,
    arguments: { ...(args as object | undefined) },
    timeout: timeout as number | undefined,
    isInterruptible: interruptible === true || timeout !== undefined,
  }
}

function issue(field: string, message: string, hint?: string): ProviderIssue {
  return { path: [field], message, ...(hint !== undefined && { hint }) }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && Number.isFinite(value)
}

function show(value: unknown): string {
  return JSON.stringify(value)
}
