import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { StepMissing } from './steps.ts'

/** An error as it is told: a reference to a step names the place of the activity it is in. */
export function placed(error: unknown, activity: JsonObject): unknown {
  if (!(error instanceof StepMissing)) return error
  const place = findText(activity, error.reference)
  return place ? error.at(place.join('.')) : error
}

function findText(value: JsonValue, text: string): (string | number)[] | undefined {
  if (typeof value === 'string') return value.includes(text) ? [] : undefined
  if (!isObject(value) && !Array.isArray(value)) return undefined
  for (const [key, item] of Object.entries(value)) {
    const below = findText(item as JsonValue, text)
    if (below) return [key, ...below]
  }
  return undefined
}
