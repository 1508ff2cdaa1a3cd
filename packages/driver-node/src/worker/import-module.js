// Plain JavaScript, like its neighbours: the worker thread loads it too.

/**
 * @typedef {import('./called-function.js').Namespace} Namespace
 * @typedef {{ import(id: string): Promise<unknown> }} TypeScriptLoader
 */

/** @type {Promise<TypeScriptLoader> | undefined} */
let loader
/** @type {Map<string, Promise<Namespace>>} */
const compiled = new Map()
/** @type {Promise<unknown>} */
let last = Promise.resolve()

/**
 * Imports a module by its URL, TypeScript too, whatever this Node can do itself: one file means the same on every
 * version. Its top-level code runs once per thread.
 * @param {string} url
 * @returns {Promise<Namespace>}
 */
export async function importModule(url) {
  return isTypeScript(url) ? importTypeScript(url) : import(url)
}

/**
 * One after the other: jiti runs what two imports at a time have in common twice, each with a memory of its own.
 * @param {string} url
 * @returns {Promise<Namespace>}
 */
function importTypeScript(url) {
  const known = compiled.get(url)
  if (known) return known
  const module = last.then(async () => {
    loader ??= makeLoader()
    return namespaceOf(await (await loader).import(url), url)
  })
  compiled.set(url, module)
  last = module.catch(() => compiled.delete(url))
  return module
}

/**
 * What `module.exports` of a `.cts` file is: its default export, as Node.js has it for `.cjs`.
 * @param {any} loaded
 * @param {string} url
 * @returns {Namespace}
 */
function namespaceOf(loaded, url) {
  const isPlain = url.endsWith('.cts') && !loaded?.__esModule && !Object.hasOwn(Object(loaded), 'default')
  return isPlain ? { ...loaded, default: loaded } : loaded
}

/**
 * Whether a file has to be compiled first.
 * @param {string} file A path or a URL.
 * @returns {boolean}
 */
export function isTypeScript(file) {
  return /\.[cm]?ts$/.test(file)
}

/** @returns {Promise<TypeScriptLoader>} */
async function makeLoader() {
  const [{ createJiti }, { default: envPaths }] = await Promise.all([import('jiti'), import('env-paths')])
  // Not in the shared temporary folder, where it would be first: what lies there is run.
  const fsCache = envPaths('squall', { suffix: '' }).cache
  return createJiti(import.meta.url, { fsCache, interopDefault: false, tryNative: false })
}
