import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type JsonObject, SquallError } from '@squall/contract'
import { fetchText } from './fetch-text.ts'
import { parseText } from './parse-text.ts'
import type { LoadedExperiment, SourceFormat } from './source-text.ts'

export interface LoadOptions {
  /** Used for http(s) sources. */
  readonly fetch: typeof fetch
  /** Relative paths start here. */
  readonly workingDirectory: string
  /** `auths` of the settings: host and port to `{type, value}` of an Authorization header. */
  readonly auths?: JsonObject
  /** Sent as `Authorization: bearer ...`; wins over `auths`. */
  readonly bearerToken?: string
}

/**
 * Reads an experiment from a .json, .yaml or .yml file or an http(s) URL (spec 2). Rejects with a SQUALL_SOURCE_...
 * error that names the place.
 */
export async function loadExperiment(source: string, options: LoadOptions): Promise<LoadedExperiment> {
  const file = path.resolve(options.workingDirectory, source)
  const found = await stat(file).catch(() => undefined)
  if (found) return loadFile(source, file)
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) throw new SquallError('SQUALL_SOURCE_MISSING', { source })
  if (!/^https?:/i.test(source)) {
    throw new SquallError('SQUALL_SOURCE_FORMAT', { source, reason: 'is neither a file nor an http(s) URL' })
  }
  return loadUrl(source, options)
}

async function loadFile(source: string, file: string): Promise<LoadedExperiment> {
  const format = formatOf(source)
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source, reason: cause.message }, { cause })
  })
  return { source, raw: await parseText(text, format, source), text, format, directory: path.dirname(file) }
}

function formatOf(source: string): SourceFormat {
  const extension = path.extname(source)
  if (extension === '.json') return 'json'
  if (extension === '.yaml' || extension === '.yml') return 'yaml'
  throw new SquallError('SQUALL_SOURCE_FORMAT', { source, reason: 'has no extension .json, .yaml or .yml' })
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
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
