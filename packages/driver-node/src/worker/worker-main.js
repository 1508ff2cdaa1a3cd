// Runs one function in a thread of its own, so that it can be ended whatever it does.
import { parentPort, workerData } from 'node:worker_threads'
import { checkArguments, findFunction, functionNames, issueText, undoMissing } from './called-function.js'
import { importModule } from './import-module.js'
import { errorFromPlain, plainError } from './plain-error.js'

/** @typedef {import('../worker-messages.ts').WorkerOrder} WorkerOrder */
/** @typedef {import('../worker-messages.ts').FromWorker} FromWorker */
/** @typedef {import('../worker-messages.ts').ToWorker} ToWorker */
/** @typedef {import('@squall/contract').JsonValue} JsonValue */

/** @type {WorkerOrder} */
const order = workerData
const abort = new AbortController()
/** @type {Map<number, { resolve(): void, reject(reason: unknown): void }>} */
const waiting = new Map()
let undos = 0
let calls = 0

parentPort?.on('message', (/** @type {ToWorker} */ message) => {
  if (message.type === 'abort') return abort.abort(new Error(message.reason))
  const call = waiting.get(message.call)
  waiting.delete(message.call)
  if (message.error === undefined) call?.resolve()
  else call?.reject(errorFromPlain(message.error))
})

send(await outcome())

/** @returns {Promise<FromWorker>} */
async function outcome() {
  try {
    const namespace = await importModule(order.url)
    const fn = findFunction(namespace, order.func)
    if (!fn) return { type: 'missing', names: functionNames(namespace) }
    const checked = await checkArguments(fn, order.arguments)
    if ('issues' in checked) return { type: 'refused', problems: issueText(checked.issues) }
    return { type: 'returned', value: await fn(checked.value, context(namespace)) }
  } catch (error) {
    return { type: 'threw', error: plainError(error) }
  }
}

/** @param {FromWorker} message */
function send(message) {
  try {
    parentPort?.postMessage(message)
  } catch (error) {
    // What cannot be copied between threads is no JSON either.
    parentPort?.postMessage({ type: 'threw', error: plainError(error) })
  }
}

/** @param {import('./called-function.js').Namespace} namespace */
function context(namespace) {
  return {
    configuration: order.configuration,
    secrets: order.secrets,
    signal: abort.signal,
    log: { debug: logger('debug'), info: logger('info'), warn: logger('warn') },
    /** @param {string} func @param {JsonValue} args */
    undo: async (func, args) => {
      if (!findFunction(namespace, func)) throw undoMissing(func)
      const undo = undos++
      await ask({ type: 'undo', undo, func, arguments: args })
      return { amend: (/** @type {JsonValue} */ amended) => ask({ type: 'amend', undo, arguments: amended }) }
    },
  }
}

/** @param {'debug' | 'info' | 'warn'} level */
function logger(level) {
  return (/** @type {string} */ message, /** @type {Record<string, JsonValue> | undefined} */ fields) =>
    send({ type: 'log', level, message, fields })
}

/**
 * @param {{ type: 'undo', undo: number, func: string, arguments: JsonValue }
 *   | { type: 'amend', undo: number, arguments: JsonValue }} message
 * @returns {Promise<void>}
 */
function ask(message) {
  const call = calls++
  return new Promise((resolve, reject) => {
    waiting.set(call, { resolve, reject })
    send({ ...message, call })
  })
}
