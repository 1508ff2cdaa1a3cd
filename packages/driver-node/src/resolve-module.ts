import { readFile, stat } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isObject } from '@squall/contract'
import { FunctionProblem } from './function-problem.ts'
import { exportedPath } from './package-exports.ts'
import { thrownText } from './thrown-error.ts'

/**
 * Finds what `import()` can load by a URL: a builtin, a file relative to `directory`, or a file of a package that is
 * installed there or above. Node 20 has no resolver of its own for this: `require.resolve` fails for packages that
 * can only be imported, and `import.meta.resolve` looks from this file.
 */
export async function resolveModule(module: string, directory: string): Promise<string> {
  try {
    return await urlOf(module, directory)
  } catch (error) {
    if (error instanceof FunctionProblem) throw error
    throw new FunctionProblem(
      'module',
      `'${module}' cannot be found: ${thrownText(error)}`,
      'Check how it is written, and that the files there can be read.',
      error,
    )
  }
}

async function urlOf(module: string, directory: string): Promise<string> {
  if (isBuiltin(module)) return module.startsWith('node:') ? module : `node:${module}`
  const file = isPath(module) ? filePath(module, directory) : await packageFile(module, directory)
  if (!(await isFile(file))) {
    throw new FunctionProblem(
      'module',
      `There is no file '${module}' (${file}).`,
      'Give a path relative to the experiment, with the ending of the file name, or the name of a package.',
    )
  }
  return pathToFileURL(file).href
}

function isPath(module: string): boolean {
  return /^\.{1,2}(\/|\\|$)/.test(module) || module.startsWith('file:') || path.isAbsolute(module)
}

function filePath(module: string, directory: string): string {
  return module.startsWith('file:') ? fileURLToPath(module) : path.resolve(directory, module)
}

async function packageFile(module: string, directory: string): Promise<string> {
  const [, name = module, subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.+)?$/.exec(module) ?? []
  const folder = await packageFolder(name, directory)
  if (!folder) {
    throw new FunctionProblem(
      'module',
      `The package '${name}' is not installed in ${directory} or above.`,
      `Install it there, or write './${module}' if a file next to the experiment is meant.`,
    )
  }
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
  const exports = isObject(manifest) ? manifest['exports'] : undefined
  if (exports === undefined || exports === null) return fileWithoutExports(module, path.join(folder, subpath))
  const exported = exportedPath(exports, `.${subpath}`)
  if (exported !== undefined) return path.join(folder, exported)
  throw new FunctionProblem(
    'module',
    `The package '${name}' does not export '.${subpath}' for import.`,
    `See "exports" in ${path.join(folder, 'package.json')}.`,
  )
}

async function packageFolder(name: string, directory: string): Promise<string | undefined> {
  const folder = path.join(directory, 'node_modules', name)
  if (await isFile(path.join(folder, 'package.json'))) return folder
  const parent = path.dirname(directory)
  return parent === directory ? undefined : packageFolder(name, parent)
}

/** The old rules, which `require.resolve` knows: `main`, missing endings, `index.js`. */
function fileWithoutExports(module: string, file: string): string {
  try {
    return createRequire(pathToFileURL(file)).resolve(file)
  } catch (error) {
    throw new FunctionProblem(
      'module',
      `'${module}' has no file ${file}.`,
      'Check the path inside the package.',
      error,
    )
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile()
  } catch {
    // Whatever is in the way, there is no file to load.
    return false
  }
}
