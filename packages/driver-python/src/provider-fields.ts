import {
  isObject,
  type JsonObject,
  type JsonSchema,
  type ProviderFields,
  type ProviderIssue,
} from '@squall/contract'

/** The provider object of a `python` activity, field for field as Chaos Toolkit's, and `timeout`. */
export const providerSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'module', 'func'],
  properties: {
    type: { const: 'python' },
    module: { type: 'string', minLength: 1, description: 'Dotted path of a Python module.' },
    func: { type: 'string', minLength: 1, description: 'Name of one of its functions.' },
    arguments: { type: 'object', description: 'Keyword arguments of the function. Default: {}.' },
    timeout: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Seconds, after which the activity fails; the function then runs in a process of its own.',
    },
    secrets: {
      type: 'array',
      items: { type: 'string' },
      description: 'Groups of secrets a function with the parameter `secrets` gets.',
    },
  },
}

/** A provider object whose fields have been read. */
export interface PythonFields {
  readonly module: string
  readonly func: string
  readonly arguments: JsonObject
  /** Seconds. */
  readonly timeout: number | undefined
  readonly takesSecrets: boolean
}

/** What is wrong with the fields themselves, before any module is looked at. */
export function fieldIssues(provider: ProviderFields): ProviderIssue[] {
  const { module, func, arguments: args, timeout } = provider as Record<string, unknown>
  const issues: ProviderIssue[] = []
  if (!isName(module))
    issues.push(issue('module', "A 'python' provider needs a 'module'.", 'Write its dotted path.'))
  if (!isName(func))
    issues.push(issue('func', "A 'python' provider needs a 'func'.", 'Name a function of the module.'))
  if (args !== undefined && args !== null && !isObject(args))
    issues.push(
      issue('arguments', "'arguments' of a 'python' provider must be an object.", 'Write {"name": value}.'),
    )
  return [...issues, ...timeoutIssues(timeout)]
}

/** The reference knows no `timeout` here: what a file may have had all along is told and passed over. */
function timeoutIssues(timeout: unknown): ProviderIssue[] {
  if (timeout === undefined || timeout === null || secondsOf(timeout) !== undefined) return []
  if (typeof timeout === 'string' && timeout.includes('$')) return []
  const message = `'timeout' must be a number of seconds above 0, not ${JSON.stringify(timeout)}.`
  const hint = 'Write a number, or `${name}` of a configuration value.'
  return [{ ...issue('timeout', message, hint), level: 'warning' }]
}

/** A time limit; also one that came as a text, as from an environment variable. Undefined for what is none. */
function secondsOf(timeout: unknown): number | undefined {
  const seconds = typeof timeout === 'string' && timeout.trim() !== '' ? Number(timeout) : timeout
  return typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds) ? seconds : undefined
}

/** Reads the fields of a provider object, also of one that nobody validated. Throws a `TypeError`. */
export function readFields(provider: ProviderFields): PythonFields {
  const first = fieldIssues(provider).find(({ level }) => level !== 'warning')
  if (first) throw new TypeError(first.message)
  const { module, func, arguments: args, timeout, secrets } = provider as Record<string, unknown>
  return {
    module: module as string,
    func: func as string,
    arguments: (args ?? {}) as JsonObject,
    timeout: secondsOf(timeout),
    takesSecrets: secrets !== undefined,
  }
}

function issue(field: string, message: string, hint: string): ProviderIssue {
  return { path: [field], message, hint }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}
