// Plain JavaScript, like its neighbours: the worker thread loads it too.

/**
 * @typedef {import('./called-function.js').Namespace} Namespace
 * @typedef {{ import(id: string): Promise<unknown> }} TypeScriptLoader
 */

/** @type {Promise<TypeScriptLoader> | undefined} */
let loader

/**
 * Imports a module by its URL, TypeScript too, whatever this Node can do itself: one file means the same on every
 * version. Its top-level code runs once per thread.
 * @param {string} url
 * @returns {Promise<Namespace>}
 */
export async function importModule(url) {
  if (!isTypeScript(url)) return import(url)
  loader ??= makeLoader()
  return /** @type {Namespace} */ (await (await loader).import(url))
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
