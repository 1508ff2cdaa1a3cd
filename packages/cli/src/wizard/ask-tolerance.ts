import type { JsonObject, JsonValue } from '@squall/contract'
import { askField } from './ask-field.ts'
import type { Prompter } from './prompter.ts'

type Kind = 'status' | 'equal' | 'one-of' | 'range' | 'regex' | 'jsonpath'

/** Asks what a probe of the hypothesis must answer with (spec 7). */
export async function askTolerance(provider: JsonObject, ask: Prompter): Promise<JsonValue> {
  const type = provider['type']
  const status = type === 'http' ? 'status code' : 'exit status'
  const hasStatus = type === 'http' || type === 'process'
  const kind = await ask.choose<Kind>('What must it answer?', [
    ...(hasStatus ? [{ value: 'status', label: `A certain ${status}` } as const] : []),
    ...(hasStatus ? [] : [{ value: 'equal', label: 'A certain value' } as const]),
    { value: 'one-of', label: hasStatus ? `One of several ${status}s` : 'A list, exactly' },
    { value: 'range', label: 'A number within a range' },
    { value: 'regex', label: 'A text that matches a regular expression' },
    { value: 'jsonpath', label: 'JSON in which a JSONPath finds something' },
  ])
  if (kind === 'status') return askStatus(type === 'http' ? 200 : 0, ask)
  if (kind === 'equal') return askField({ name: 'Value', type: undefined, isRequired: true }, ask)
  if (kind === 'one-of') return askField({ name: 'Values', type: 'list', isRequired: true }, ask)
  return { type: kind, ...(await askTarget(provider, ask)), ...(await askDetails(kind, ask)) }
}

function askStatus(usual: number, ask: Prompter): Promise<JsonValue> {
  return askField({ name: 'Status', type: 'integer', isRequired: true, default: usual }, ask)
}

/** Answers of these providers are objects: what is looked at is one of their keys. */
async function askTarget({ type }: JsonObject, ask: Prompter): Promise<JsonObject> {
  if (type === 'http') {
    const target = await ask.choose('Look at', [
      { value: 'body', label: 'the body' },
      { value: 'headers', label: 'the headers' },
    ])
    return { target }
  }
  if (type !== 'process') return {}
  const target = await ask.choose('Look at', [
    { value: 'stdout', label: 'what it prints' },
    { value: 'stderr', label: 'what it prints to stderr' },
  ])
  return { target }
}

async function askDetails(kind: 'range' | 'regex' | 'jsonpath', ask: Prompter): Promise<JsonObject> {
  const number = (name: string): Promise<JsonValue> =>
    askField({ name, type: 'number', isRequired: true }, ask)
  if (kind === 'range') return { range: [await number('From'), await number('Up to')] }
  const text = (name: string): Promise<JsonValue> => askField({ name, type: 'string', isRequired: true }, ask)
  if (kind === 'regex') return { pattern: await text('Regular expression') }
  const path = await text('JSONPath, such as $.items[*].id')
  const expected = await ask.text({
    message: 'What it finds (JSON list; empty: anything)',
    problemOf: listProblem,
  })
  return expected.trim() === '' ? { path } : { path, expect: JSON.parse(expected) as JsonValue }
}

function listProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined
  try {
    return Array.isArray(JSON.parse(text)) ? undefined : 'It takes a list in JSON.'
  } catch {
    return 'It takes a list in JSON.'
  }
}
