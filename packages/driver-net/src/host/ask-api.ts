import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Ask } from '../net-system.ts'

/** Nobody waits longer for a proxy server. */
const timeoutMs = 10_000

/** How often a question is asked again that a server cut short which was about to end. */
const mostTries = 5

/** Opens a connection for each request, so that nothing stays open. */
export const askApi: Ask = async (method, url, body, signal) => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await exchange(method, url, body, signal)
    } catch (error) {
      signal.throwIfAborted()
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ECONNREFUSED') return null
      if (code !== 'ECONNRESET' || method !== 'GET' || tries === mostTries) throw error
      await delay(30, undefined, { signal })
    }
  }
}

function exchange(method: string, url: string, body: unknown, signal: AbortSignal): Promise<Answer> {
  const agent = new Agent({ keepAlive: false })
  return new Promise<Answer>((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers =
      text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
    const sent = request(url, { method, agent, signal, headers, timeout: timeoutMs })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
    sent.on('error', reject)
    sent.on('response', (got) => {
      const chunks: Buffer[] = []
      got.on('data', (chunk: Buffer) => chunks.push(chunk))
      got.on('error', reject)
      got.on('end', () =>
        resolve({ status: got.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()) }),
      )
    })
    sent.end(text)
  }).finally(() => agent.destroy())
}

function parsed(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    // Some answers are plain text, such as that of an unknown path.
    return text.trim()
  }
}
