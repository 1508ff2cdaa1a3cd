import { type JsonObject, objectOfEntries, valueAt } from '@squall/contract'

/** The keys of all of them, the last one's value where several have one. Numbers keep their text. */
export function merged(objects: readonly (JsonObject | undefined)[]): JsonObject {
  return objectOfEntries(
    objects.flatMap((object = {}) => Object.keys(object).map((key) => [key, valueAt(object, key)] as const)),
  )
}
