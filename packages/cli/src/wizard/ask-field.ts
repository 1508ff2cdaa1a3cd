import type { JsonValue } from '@squall/contract'
import type { Field } from '../discovery/fields.ts'
import type { Prompter } from './prompter.ts'

/** Asks for the value of one argument, in the way its type wants it. `${name}` is taken for any type. */
export async function askField(field: Field, ask: Prompter): Promise<JsonValue> {
  const message = `${field.name}${field.description === undefined ? '' : `: ${field.description}`}`
  if (field.choices) {
    const answers = field.choices.map((value) => ({
      value,
      label: typeof value === 'string' ? value : JSON.stringify(value),
    }))
    return ask.choose(message, answers)
  }
  if (field.type === 'boolean') return ask.confirm(message, field.default === true)
  const text = await ask.text({
    message: `${message}${hintOf(field.type)}`,
    ...initialOf(field),
    problemOf: (given) => problemOf(given, field),
  })
  return read(text, field.type)
}

function hintOf(type: string | undefined): string {
  if (type === 'list' || type === 'tuple' || type === 'set') return ' (JSON, such as ["a", "b"])'
  if (type === 'mapping' || type === 'object') return ' (JSON, such as {"a": 1})'
  return type === undefined || type === 'string' ? '' : ` (${type})`
}

function initialOf({ default: preset }: Field): { initial?: string } {
  if (preset === undefined || preset === null) return {}
  return { initial: typeof preset === 'string' ? preset : JSON.stringify(preset) }
}

function problemOf(text: string, { type, isRequired }: Field): string | undefined {
  if (text.trim() === '') return isRequired ? 'It is needed.' : undefined
  if (isVariable(text)) return undefined
  const value = parsed(text)
  switch (type) {
    case 'integer':
      return Number.isInteger(value) ? undefined : 'It takes a whole number.'
    case 'number':
      return typeof value === 'number' ? undefined : 'It takes a number.'
    case 'list':
    case 'tuple':
    case 'set':
      return Array.isArray(value) ? undefined : 'It takes a list in JSON.'
    case 'mapping':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : 'It takes an object in JSON.'
    default:
      return undefined
  }
}

function isVariable(text: string): boolean {
  return /\$\{[^}]+\}/.test(text)
}

/** What is no JSON is meant as a text. */
function read(text: string, type: string | undefined): JsonValue {
  if (type === 'string' || type === 'byte' || isVariable(text)) return text
  const value = parsed(text)
  return value === undefined ? text : value
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
