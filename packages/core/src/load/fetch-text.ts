import { isObject, SquallError } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { LoadOptions } from './load-options.ts'

/** Fetches the text of an experiment with the Authorization header that settings or environment name for its host. */
export async function fetchText(
  source: string,
  options: LoadOptions,
): Promise<{ text: string; contentType: string }> {
  const headers: Record<string, string> = { accept: 'application/json, application/x-yaml' }
  const authorization = authorizationFor(source, options)
  if (authorization !== undefined) headers['authorization'] = authorization
  let response: Response
  try {
    response = await options.fetch(source, { headers })
  } catch (cause) {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source, reason: reasonOf(cause) }, { cause })
  }
  const text = await response.text().catch((cause: Error) => {
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source, reason: reasonOf(cause) }, { cause })
  })
  if (response.status !== 200) {
    const reason = `the server answered ${response.status}${text ? `: ${text.slice(0, 200)}` : ''}`
    throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source, reason })
  }
  return { text, contentType: response.headers.get('content-type') ?? '' }
}

function authorizationFor(source: string, options: LoadOptions): string | undefined {
  const token = options.bearerToken?.trim()
  if (token) return `bearer ${token}`
  // The key is host and port as the URL writes them (spec 2.3).
  const location = /^https?:\/\/(?:[^/@]*@)?([^/?#]*)/i.exec(source)?.[1] ?? ''
  const auths = options.auths ?? {}
  const entry = Object.hasOwn(auths, location) ? auths[location] : undefined
  return isObject(entry) ? `${textOf(entry['type'])} ${textOf(entry['value'])}` : undefined
}

function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error ? inner.message : String(inner)
}
