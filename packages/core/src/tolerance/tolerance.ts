import { isObject, type JsonValue } from '@squall/contract'

/** Whether a probe's output lies within its tolerance, and if not, what was expected and what was found. */
export type ToleranceResult =
  | { readonly met: true }
  | { readonly met: false; readonly expected: string; readonly actual: string }

/** The tolerance does not fit the output at all; the reference crashes here, so the run stops on it. */
export class ToleranceMisfit extends Error {
  override readonly name = 'ToleranceMisfit'
}

const longest = 200

/** Writes a value for a message, cut to a readable length. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}

export function verdict(met: boolean, expected: string, actual: unknown): ToleranceResult {
  return met ? { met } : { met, expected, actual: shown(actual) }
}

/**
 * What `target` picks from an output: that key, or the whole output where it has no such key (spec 7). `type` names
 * the kind of tolerance for the message when the output is no object.
 */
export function pickTarget(output: JsonValue, target: JsonValue | undefined, type: string): JsonValue {
  if (typeof target !== 'string' || target === '') return output
  if (!isObject(output)) {
    throw new ToleranceMisfit(
      `a ${type} tolerance with target '${target}' needs an object, the output is ${shown(output)}`,
    )
  }
  return Object.hasOwn(output, target) ? (output[target] as JsonValue) : output
}
