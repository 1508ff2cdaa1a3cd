import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'

/** Milliseconds, as the reference has them (spec 20). */
const connectWithin = 2000
const answerWithin = 5000
const mostRedirects = 10

/**
 * A fetch for notification channels: it gives up when the connection takes longer than 2 s or the answer than 5 s.
 * Without `verifies` it accepts any certificate.
 */
export function channelFetch(verifies: boolean): typeof fetch {
  const send = async (url: URL, init: RequestInit, redirects: number): Promise<Response> => {
    const answer = await request(url, init, verifies)
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status > 399 || location === null || redirects === 0) return answer
    const keeps = answer.status === 307 || answer.status === 308
    const { body: _body, ...rest } = init
    return send(new URL(location, url), keeps ? init : { ...rest, method: 'GET' }, redirects - 1)
  }
  return (input, init = {}) => send(new URL(String(input)), init, mostRedirects)
}

function request(url: URL, init: RequestInit, verifies: boolean): Promise<Response> {
  const { method = 'GET', headers, body, signal } = init
  const options: RequestOptions & { rejectUnauthorized: boolean } = {
    method,
    headers: Object.fromEntries(new Headers(headers)),
    rejectUnauthorized: verifies,
    ...(signal ? { signal } : {}),
  }
  return new Promise((resolve, reject) => {
    const sent = open(url, options, (answer) => read(answer).then(resolve, reject))
    sent.on('error', reject)
    giveUpInTime(sent)
    sent.end(typeof body === 'string' ? body : undefined)
  })
}

function open(url: URL, options: RequestOptions, receive: (answer: IncomingMessage) => void): ClientRequest {
  // Loaded only here: most starts send nothing.
  if (url.protocol === 'https:') return process.getBuiltinModule('node:https').request(url, options, receive)
  return process.getBuiltinModule('node:http').request(url, options, receive)
}

function giveUpInTime(sent: ClientRequest): void {
  const late = (what: string): void => void sent.destroy(new Error(`${what} in time`))
  const connecting = setTimeout(() => late('it could not be connected to'), connectWithin)
  sent.once('socket', (socket) => {
    const connected = (): void => {
      clearTimeout(connecting)
      sent.setTimeout(answerWithin, () => late('it did not answer'))
    }
    if (socket.connecting) socket.once('connect', connected)
    else connected()
  })
  sent.once('close', () => clearTimeout(connecting))
}

async function read(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const status = answer.statusCode ?? 500
  const { location } = answer.headers
  const hasBody = status !== 204 && status !== 205 && status !== 304
  return new Response(hasBody ? Buffer.concat(chunks) : null, {
    status,
    headers: location === undefined ? {} : { location },
  })
}
