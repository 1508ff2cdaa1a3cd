import { type ActivityContext, ActivityFailed, type JsonValue, type Targets } from '@squall/contract'
import { type Answer, type Answers, answerSchema } from './answers.ts'
import { credentialsFor } from './credentials.ts'
import type { Operation } from './operation.ts'
import { writeParameters } from './parameters.ts'
import { schemes } from './schemes.ts'
import { servers } from './servers.ts'

type Arguments = Readonly<Record<string, unknown>>

/**
 * Sends the request of an operation. Throws `ActivityFailed` when there is no answer, and when it is none of those that
 * the document describes.
 */
export async function call(
  operation: Operation,
  answers: Answers,
  args: Arguments,
  context: ActivityContext,
): Promise<Answer> {
  const { signal } = context
  signal.throwIfAborted()
  const place = placeOf(operation, args, context)
  if (place === undefined) throw new ActivityFailed(nowhere(operation))
  const { url, headers } = requestOf(operation, place, args, context)
  const body = args['body'] === undefined ? null : bodyText(operation, args['body'])
  const title = `${operation.method} ${place}`
  const response = await answered(
    title,
    () => fetch(url, { method: operation.method, headers, body, signal, redirect: redirectFor(answers) }),
    signal,
  )
  const text = await answered(title, () => response.text(), signal)
  return checked(title, answers, { status: response.status, body: bodyOf(response, text, title) })
}

/** The method and the address, without the query: for `squall plan` and for protected targets. */
export async function targetsOf(
  operation: Operation,
  args: Arguments,
  context: ActivityContext,
): Promise<Targets> {
  const place = placeOf(operation, args, context)
  return place === undefined ? { unknown: nowhere(operation) } : [`${operation.method} ${place}`]
}

function placeOf(
  operation: Operation,
  args: Arguments,
  { configuration }: ActivityContext,
): string | undefined {
  const base = configuration[operation.server] ?? servers[operation.server]
  if (typeof base !== 'string' || base === '') return undefined
  return base.replace(/\/+$/, '') + writeParameters(operation, args).path
}

function nowhere({ server }: Operation): string {
  return `The configuration does not say where the service is: set '${server}' to its address.`
}

function requestOf(
  operation: Operation,
  place: string,
  args: Arguments,
  { secrets }: ActivityContext,
): { url: string; headers: Record<string, string> } {
  const written = writeParameters(operation, args)
  const credentials = credentialsFor(operation.security ?? [], schemes, secrets)
  const query = [...written.query, ...credentials.query].join('&')
  const cookies = [...written.cookies, ...credentials.cookies].join('; ')
  return {
    url: query === '' ? place : `${place}?${query}`,
    headers: {
      Accept: 'application/json, */*;q=0.5',
      // One connection for each call: a service that accepts no more is noticed at the next one.
      Connection: 'close',
      ...(operation.body !== undefined && args['body'] !== undefined
        ? { 'Content-Type': operation.body }
        : {}),
      ...(cookies === '' ? {} : { Cookie: cookies }),
      ...written.headers,
      ...credentials.headers,
    },
  }
}

function bodyText({ body = '' }: Operation, value: unknown): string {
  return body.startsWith('text/') ? String(value) : JSON.stringify(value)
}

/** A redirect is followed, unless the document says that it is an answer. */
function redirectFor(answers: Answers): 'manual' | 'follow' {
  return Object.keys(answers).some((status) => status.startsWith('3')) ? 'manual' : 'follow'
}

async function answered<Result>(
  title: string,
  ask: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  try {
    return await ask()
  } catch (cause) {
    signal.throwIfAborted()
    const { cause: reason } = cause as { cause?: unknown }
    // What fetch says itself may show the whole address, and with it a secret.
    const told = reason instanceof Error ? reason.message || reason.name : 'the request cannot be sent'
    throw new ActivityFailed(`${title}: no answer: ${told}.`)
  }
}

function bodyOf(response: Response, text: string, title: string): JsonValue {
  if (text === '') return null
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return text
  try {
    return JSON.parse(text) as JsonValue
  } catch (cause) {
    throw new ActivityFailed(`${title}: the answer ${response.status} is not the JSON that it says it is.`, {
      cause,
    })
  }
}

function checked(title: string, answers: Answers, answer: Answer): Answer {
  const { status, body } = answer
  const schema = answerSchema(answers, status)
  if (!schema) {
    const begin = body === null ? '' : `: ${JSON.stringify(body).slice(0, 200)}`
    throw new ActivityFailed(`${title}: answered ${status}${begin}`)
  }
  const { error } = schema.safeParse(body)
  if (!error) return answer
  const [issue] = error.issues
  const where = ['body', ...(issue?.path ?? [])].join('.')
  throw new ActivityFailed(
    `${title}: the answer ${status} is not what the document says: ${where}: ${issue?.message}.`,
  )
}
