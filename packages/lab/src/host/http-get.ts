import http from 'node:http'
import type { Answer } from '../showdata-app.ts'

const bodyLimit = 1_000_000

/**
 * Fetches a URL over a connection of its own. A kept connection to an instance that was killed and started again
 * would fail the first request to the new one, which is why this is not `fetch`.
 */
export function httpGet(url: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { signal, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
        if (body.length > bodyLimit)
          request.destroy(new Error(`${url} answers with more than ${bodyLimit} bytes`))
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', reject)
    })
    request.on('error', reject)
  })
}

/** The same, given up after `timeoutMs`. */
export async function httpGetWithin(timeoutMs: number, url: string, signal?: AbortSignal): Promise<Answer> {
  // Not AbortSignal.timeout: in a composition Node 20 forgets it, and the wait has no end.
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new Error(`${url} does not answer`)), timeoutMs)
  try {
    return await httpGet(url, signal ? AbortSignal.any([signal, limit.signal]) : limit.signal)
  } finally {
    clearTimeout(timer)
  }
}

/** Tells whether the process with this pid answers at `/health` of the port. */
export async function isHealthy(
  process: { readonly pid: number; readonly port: number | null },
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  if (process.port === null) return true
  try {
    const url = `http://127.0.0.1:${process.port}/health`
    const { status, body } = await httpGetWithin(timeoutMs, url, signal)
    return status === 200 && (JSON.parse(body) as { pid?: unknown }).pid === process.pid
  } catch {
    // No connection, no answer in time or before the abort, or one of somebody else: not healthy, whichever it is.
    return false
  }
}
