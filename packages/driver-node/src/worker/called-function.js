// Plain JavaScript, like its neighbour: the worker thread loads it too, and Node 20 starts no thread from TypeScript.

/**
 * @typedef {Readonly<Record<string, unknown>>} Namespace What `import()` gives.
 * @typedef {{ message: string, path: (string | number)[] }} ArgumentIssue
 * @typedef {{ value: unknown } | { issues: ArgumentIssue[] }} CheckedArguments
 * @typedef {{ message: string, path?: readonly (PropertyKey | { key: PropertyKey })[] }} SchemaIssue
 * @typedef {{ value?: unknown, issues?: readonly SchemaIssue[] }} SchemaResult
 * @typedef {{ '~standard': { validate(value: unknown): SchemaResult | Promise<SchemaResult> } }} Schema
 * @typedef {((args: unknown, context: object) => unknown) & { args?: unknown, targets?: unknown }} NodeFunction
 */

/**
 * Finds an exported function by name. CommonJS modules may export more than Node can tell ahead: that is under `default`.
 * @param {Namespace} namespace
 * @param {string} name
 * @returns {NodeFunction | undefined}
 */
export function findFunction(namespace, name) {
  const exported = ownMember(namespace, name) ?? ownMember(namespace['default'], name)
  return isCallable(exported) ? exported : undefined
}

/**
 * The names under which `findFunction` finds something.
 * @param {Namespace} namespace
 * @returns {string[]}
 */
export function functionNames(namespace) {
  const names = [...Object.keys(namespace), ...Object.keys(namespace['default'] ?? {})]
  return [...new Set(names)].filter((name) => name !== 'module.exports' && findFunction(namespace, name))
}

/**
 * Checks arguments with the Standard Schema that the function carries in `args`, if it carries one.
 * @param {NodeFunction} fn
 * @param {unknown} args
 * @returns {Promise<CheckedArguments>}
 */
export async function checkArguments(fn, args) {
  if (!isSchema(fn.args)) return { value: args }
  const result = await fn.args['~standard'].validate(args)
  if (!result.issues) return { value: result.value }
  return { issues: result.issues.map(({ message, path }) => ({ message, path: (path ?? []).map(plainKey) })) }
}

/**
 * The issues in one line, for a message.
 * @param {readonly ArgumentIssue[]} issues
 * @returns {string}
 */
export function issueText(issues) {
  return issues
    .map(({ message, path }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ')
}

/**
 * The error for an undo that could never be carried out.
 * @param {string} func
 */
export function undoMissing(func) {
  const error = new Error(`There is no exported function '${func}' to undo with.`)
  // Known by its code on either side, so that the activity fails with this message as it is.
  return Object.assign(error, { code: 'SQUALL_ACTIVITY_FAILED', hint: 'Export it from the same module.' })
}

/**
 * @param {unknown} value
 * @returns {value is NodeFunction}
 */
function isCallable(value) {
  return typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))
}

/**
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
function ownMember(value, name) {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return /** @type {Record<string, unknown>} */ (value)[name]
}

/**
 * @param {unknown} value
 * @returns {value is Schema}
 */
function isSchema(value) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return '~standard' in value
}

/** @param {PropertyKey | { key: PropertyKey }} step */
function plainKey(step) {
  const key = typeof step === 'object' ? step.key : step
  return typeof key === 'number' ? key : String(key)
}
