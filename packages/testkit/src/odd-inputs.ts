import type { JsonObject, JsonValue } from '@squall/contract'

const odd: readonly JsonValue[] = [null, 7, '', [], {}, true]

/** What else somebody may write in place of an input: nothing, one field less, one field of another kind. */
export function oddInputs(input: JsonObject): readonly JsonObject[] {
  const fields = Object.keys(input)
  const without = fields.map((field) => {
    const { [field]: _, ...rest } = input
    return rest
  })
  const changed = fields.flatMap((field) => odd.map((value) => ({ ...input, [field]: value })))
  return [{}, ...without, ...changed]
}
