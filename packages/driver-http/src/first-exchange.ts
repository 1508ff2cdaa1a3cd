import { isObject, type JsonValue, type ProviderFields, pythonText } from '@squall/contract'
import { formText } from './form.ts'
import { type HeaderList, headerOf, withHeader, withoutHeaders } from './header-list.ts'
import { jsonText } from './json-text.ts'
import { methodOf } from './method-of.ts'
import { requestUrl } from './request-url.ts'
import type { Exchange } from './transport.ts'

/** The request that a provider object describes. Throws for what cannot be sent. */
export function firstExchange(provider: ProviderFields, userAgent: string): Exchange {
  const method = methodOf(provider['method'])
  const args = provider.arguments ?? null
  const headers = headersOf(provider['headers'], userAgent)
  if (method === 'GET') return { method, url: requestUrl(provider['url'], queryOf(args)), headers }
  const url = requestUrl(provider['url'])
  const content = isJsonCall(provider['headers']) ? jsonContent(args) : formContent(args)
  if (!content) return { method, url, headers }
  const typed = content.type !== undefined && headerOf(headers, 'content-type') === undefined
  return {
    method,
    url,
    headers: typed ? withHeader(headers, 'Content-Type', content.type ?? '') : headers,
    body: Buffer.from(content.text),
  }
}

interface Content {
  readonly text: string
  /** Sent unless the file names a content type itself. */
  readonly type?: string
}

function queryOf(args: JsonValue): string {
  if (isEmpty(args)) return ''
  return typeof args === 'object' ? formText(args) : pythonText(args)
}

function jsonContent(args: JsonValue): Content | undefined {
  return args === null ? undefined : { text: jsonText(args) }
}

function formContent(args: JsonValue): Content | undefined {
  if (isEmpty(args)) return undefined
  if (typeof args === 'string') return { text: args }
  return { text: formText(args), type: 'application/x-www-form-urlencoded' }
}

function isEmpty(args: JsonValue): boolean {
  if (typeof args !== 'object' || args === null) return !args
  return Object.keys(args).length === 0
}

/** The reference looks at this one spelling only; another one sends a form with that header. */
function isJsonCall(headers: unknown): boolean {
  return isObject(headers) && headers['Content-Type'] === 'application/json'
}

function headersOf(given: unknown, userAgent: string): HeaderList {
  const own: HeaderList = [
    ['User-Agent', userAgent],
    ['Accept-Encoding', 'gzip, deflate'],
    ['Accept', '*/*'],
  ]
  if (!given) return own
  if (!isObject(given)) throw new Error('The headers of an http call are an object.')
  const base = withoutHeaders(own, ...Object.keys(given))
  const all = Object.entries(given).reduce(
    (list, [name, value]) => (value === null ? list : withHeader(list, name, checkedValue(name, value))),
    base,
  )
  // Of the length only we can be right: the body is of our making.
  return withoutHeaders(all, 'content-length')
}

function checkedValue(name: string, value: unknown): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new Error(`'${name}' is no name for an http header.`)
  if (typeof value !== 'string') {
    throw new Error(`The header ${name} is ${JSON.stringify(value)}: the value of a header is a text.`)
  }
  if (!/^(?![ \t])[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new Error(`The header ${name} holds a character that may not stand there, or starts with a blank.`)
  }
  return value
}
