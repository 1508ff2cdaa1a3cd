import { isObject, type JsonValue } from '@squall/contract'
import { pythonText } from './python-text.ts'

/**
 * Arguments as `key=value&...`, for a query or a form. A list repeats its key, null is dropped, an object stands for
 * its keys, and values are written the Python way.
 */
export function formText(args: JsonValue): string {
  return pairsOf(args)
    .flatMap(([key, value]) => eachOf(value).map((each) => `${quotePlus(key)}=${quotePlus(each)}`))
    .join('&')
}

function pairsOf(args: JsonValue): [JsonValue, JsonValue][] {
  if (isObject(args)) return Object.entries(args)
  if (Array.isArray(args) && args.every((each) => Array.isArray(each) && each.length === 2)) {
    return args as [JsonValue, JsonValue][]
  }
  throw new Error(
    `The arguments of an http call are an object, a text or a list of [name, value], not ${JSON.stringify(args)}.`,
  )
}

function eachOf(value: JsonValue): JsonValue[] {
  // A list inside a list is taken apart once more, there with its nulls.
  return itemsOf(value)
    .filter((each) => each !== null)
    .flatMap(itemsOf)
}

function itemsOf(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.keys(value) : [value]
}

function quotePlus(value: JsonValue): string {
  return encodeURIComponent(pythonText(value))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
