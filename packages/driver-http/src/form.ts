import { isObject, type JsonValue, plainValue, pythonText, valueAt } from '@squall/contract'

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
  if (isObject(args)) return Object.keys(args).map((key) => [key, valueAt(args, key)])
  if (Array.isArray(args) && args.every(isPair)) {
    return args.map((pair) => [valueAt(pair, 0), valueAt(pair, 1)])
  }
  throw new Error(
    `The arguments of an http call are an object, a text or a list of [name, value], not ${JSON.stringify(args)}.`,
  )
}

function isPair(value: JsonValue): value is [JsonValue, JsonValue] {
  return Array.isArray(value) && value.length === 2
}

function eachOf(value: JsonValue): JsonValue[] {
  // A list inside a list is taken apart once more, there with its nulls.
  return itemsOf(value)
    .filter((each) => each !== null)
    .flatMap(itemsOf)
}

function itemsOf(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value.map((_, at) => valueAt(value, at))
  // A number that comes with its text is an object of its own kind.
  return isObject(plainValue(value)) ? Object.keys(value as object) : [value]
}

function quotePlus(value: JsonValue): string {
  return encodeURIComponent(pythonText(value))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
