import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type ExperimentLoader, parseJson, SquallError } from '@squall/contract'
import { reasonOf } from '../run/exception-lines.ts'
import { fetchText } from './fetch-text.ts'
import type { LoadOptions } from './load-options.ts'
import { parseText } from './parse-text.ts'
import type { LoadedExperiment } from './source-text.ts'

/**
 * Reads an experiment from a .json, .yaml or .yml file or an http(s) URL (spec 2). Rejects with a SQUALL_SOURCE_...
 * error that names the place.
 */
export async function loadExperiment(source: string, options: LoadOptions): Promise<LoadedExperiment> {
  if (!options.controls) return readExperiment(source, options)
  const { aroundLoading } = await import('../controls/around-loading.ts')
  return aroundLoading(source, options.controls, () => readExperiment(source, options))
}

async function readExperiment(source: string, options: LoadOptions): Promise<LoadedExperiment> {
  const file = path.resolve(options.workingDirectory, source)
  if (existsSync(file)) {
    const loader = isText(file) ? undefined : await options.loaderOf?.(path.extname(file))
    return loader ? loadModule(source, file, loader) : loadFile(source, file)
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) throw new SquallError('SQUALL_SOURCE_MISSING', { source })
  if (!/^https?:/i.test(source)) {
    throw new SquallError('SQUALL_SOURCE_FORMAT', { source, reason: 'is neither a file nor an http(s) URL' })
  }
  return loadUrl(source, options)
}

/** What code made becomes what a file would have held: JSON. */
async function loadModule(source: string, file: string, loader: ExperimentLoader): Promise<LoadedExperiment> {
  const text = await madeText(file, loader).catch((cause: unknown) => {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source, reason: reasonOf(cause) }, { cause })
  })
  if (text === undefined) {
    const hint = 'Write `export default defineExperiment({...})`.'
    const reason = 'has no default export'
    throw new SquallError('SQUALL_SOURCE_FORMAT', { source, reason }, { hint })
  }
  return { source, raw: parseJson(text), text, format: 'module', directory: path.dirname(file) }
}

async function madeText(file: string, loader: ExperimentLoader): Promise<string | undefined> {
  return JSON.stringify(await loader.load(file), null, 2)
}

function isText(file: string): boolean {
  return ['.json', '.yaml', '.yml'].includes(path.extname(file))
}

async function loadFile(source: string, file: string): Promise<LoadedExperiment> {
  const format = formatOf(source)
  // A byte order mark would shift every place by one.
  const text = readText(source, file).replace(/^\uFEFF/, '')
  return { source, raw: await parseText(text, format, source), text, format, directory: path.dirname(file) }
}

function readText(source: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source, reason: reasonOf(cause) }, { cause })
  }
}

function formatOf(source: string): 'json' | 'yaml' {
  const extension = path.extname(source)
  if (extension === '.json') return 'json'
  if (extension === '.yaml' || extension === '.yml') return 'yaml'
  const reason = 'has no extension .json, .yaml or .yml'
  const options = /^\.[cm]?[jt]s$/.test(extension)
    ? { hint: 'Experiments in code are read by a driver: `npm install @squall/driver-node`.' }
    : {}
  throw new SquallError('SQUALL_SOURCE_FORMAT', { source, reason }, options)
}

async function loadUrl(source: string, options: LoadOptions): Promise<LoadedExperiment> {
  const { text, contentType } = await fetchText(source, options)
  const place = { source, text, directory: options.workingDirectory }
  if (contentType.includes('application/json')) {
    return { ...place, raw: await parseText(text, 'json', source), format: 'json' }
  }
  if (contentType.includes('application/x-yaml') || contentType.includes('text/yaml')) {
    return { ...place, raw: await parseText(text, 'yaml', source), format: 'yaml' }
  }
  if (!contentType.includes('text/plain')) {
    const reason = `answers with content type '${contentType}', which is neither JSON nor YAML`
    throw new SquallError('SQUALL_SOURCE_FORMAT', { source, reason })
  }
  // text/plain is tried as JSON first, then as YAML (spec 2.3).
  const format = looksLikeJson(text) ? 'json' : 'yaml'
  return { ...place, raw: await parseText(text, format, source), format }
}

function looksLikeJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}
