// A good driver: a house with a control, a source of secrets, a receiver of notifications and a discoverer, all of them
// files in a folder. The others take one thing of it and break it.
import { appendFile, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** @typedef {import('@squall/contract').ControlContext} ControlContext */
/** @typedef {import('@squall/contract').HookCall} HookCall */
/** @typedef {import('@squall/contract').JsonObject} JsonObject */
/** @typedef {import('@squall/contract').JsonValue} JsonValue */
/** @typedef {import('@squall/contract').ResolverContext} ResolverContext */

/** What is kept between calls, until the driver is closed. @type {NodeJS.Timeout[]} */
const kept = []
export const keepUp = () => {
  if (kept.length === 0) kept.push(setInterval(() => {}, 60_000))
}
export const close = async () => {
  for (const timer of kept.splice(0)) clearInterval(timer)
}

/** @template Result @param {Promise<Result>} work @param {AbortSignal} signal @returns {Promise<Result>} */
export const unlessAborted = (work, signal) =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })

/** @param {import('@squall/contract').ControlDeclaration} declaration */
export const roomOf = ({ provider }) => /** @type {JsonObject | undefined} */ (provider.arguments)?.['room']

/** Leaves out the activities of one room, and may look after it. @param {ControlContext} context */
export const hooksOf = (context) => ({
  'before-experiment': async (/** @type {HookCall} */ call) => {
    if (call.arguments['guarded']) await unlessAborted(context.probe({ name: 'all is quiet' }), call.signal)
  },
  'before-activity': async (/** @type {HookCall} */ call) => {
    const activity = /** @type {JsonObject} */ (call.context.value)
    if (activity['room'] === call.arguments['room']) call.skip('closed')
  },
  'after-activity': async (/** @type {HookCall} */ call) => {
    const run = /** @type {JsonObject | null} */ (call.state?.value ?? null)
    if (run) run['seen'] = true
  },
})

export const curfew = {
  summary: 'Leaves out what is in one room.',
  validate: async (/** @type {import('@squall/contract').ControlDeclaration} */ declaration) =>
    typeof roomOf(declaration) === 'string' ? [] : [{ message: 'A curfew needs a room.' }],
  open: async (
    /** @type {import('@squall/contract').ControlDeclaration} */ _declaration,
    /** @type {ControlContext} */ context,
  ) => {
    const rounds = setInterval(() => {}, 60_000)
    return { hooks: hooksOf(context), cleanup: async () => clearInterval(rounds) }
  },
}

/** @param {JsonObject} declaration @param {ResolverContext} context @returns {Promise<JsonValue>} */
export async function readDrawer({ file, key }, { directory, configuration, clock, signal }) {
  if (typeof file !== 'string') throw new TypeError('a drawer needs a `file`')
  keepUp()
  await clock.sleep(Number(configuration['drawer_ms'] ?? 0), signal)
  const content = JSON.parse(await readFile(path.join(directory, file), 'utf8'))
  if (!(String(key) in content)) throw new RangeError(`there is no '${key}' in ${file}`)
  return content[String(key)]
}
export const drawer = { summary: 'Reads a key of a file.', resolve: readDrawer }

/**
 * @param {JsonObject} channel @param {import('@squall/contract').NotificationEvent} event
 * @param {import('@squall/contract').NotifierContext} context
 */
export async function ring({ file }, event, { directory }) {
  if (typeof file !== 'string') throw new TypeError('a bell needs a `file`')
  await appendFile(path.join(directory, file), `${JSON.stringify(event)}\n`)
}
export const bell = { summary: 'Writes each event to a file.', notify: ring }

/** @param {string} name */
const extension = (name) => ({ name, version: '1.0.0' })

/** @param {string} target @param {unknown} _wish @param {{ directory: string }} context */
export async function look(target, _wish, { directory }) {
  if (!(await readdir(directory)).includes(target)) return undefined
  return {
    chaoslib_version: '1.44.0',
    id: 'one',
    target,
    date: '2026-01-01T00:00:00Z',
    platform: {},
    extension: extension(target),
    activities: [{ type: 'probe', name: 'is_quiet', mod: target, doc: null, arguments: [{ name: 'room' }] }],
    system: null,
  }
}
export const shelf = {
  summary: 'Packages on a shelf.',
  discover: look,
  list: async (/** @type {{ directory: string }} */ { directory }) =>
    (await readdir(directory)).map((name) => ({ ...extension(name), license: 'MIT', description: '' })),
}

/** @param {string} file */
export async function loadPlan(file) {
  const [, title = ''] = /title: (.*)/.exec(await readFile(file, 'utf8')) ?? []
  return { title, method: [] }
}
export const plan = { summary: 'Experiments in one line.', load: loadPlan }

/** @param {object} changes @returns {import('@squall/contract').Driver} */
export const houseWith = (changes) =>
  /** @type {import('@squall/contract').Driver} */ ({
    name: 'house',
    contract: 1,
    summary: 'A house.',
    close,
    ...changes,
  })

export default houseWith({
  controls: { curfew },
  resolvers: { drawer },
  notifiers: { bell },
  discoverer: shelf,
  loaders: { '.plan': plan },
})
