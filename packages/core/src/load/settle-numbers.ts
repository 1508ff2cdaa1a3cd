import { type JsonValue, plainValue, putValue, textOfWritten } from '@squall/contract'

/**
 * Puts the numbers that a parser handed on with their texts into the objects and lists that hold them. Changes the
 * document in place; an object that stands in several places, or in itself, is looked at once.
 */
export function settleNumbers(document: JsonValue): JsonValue {
  const seen = new Set<object>()
  const settle = (holder: JsonValue): void => {
    if (typeof holder !== 'object' || holder === null || seen.has(holder)) return
    seen.add(holder)
    for (const [key, item] of Object.entries(holder)) {
      // What a parser makes of `{{ name }}`, a habit from templates.
      if (key === '[object Object]')
        throw new SyntaxError('a key must be a text, not an object; put `{{ ... }}` in quotes')
      if (textOfWritten(item) === undefined) settle(item as JsonValue)
      else putValue(holder, key, item as JsonValue)
    }
  }
  const whole = plainValue(document)
  settle(whole)
  return whole
}
