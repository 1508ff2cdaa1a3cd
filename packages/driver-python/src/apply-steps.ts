import { type Change, type JsonObject, type JsonValue, type LiveDocument, valueAt } from '@squall/contract'

/** Carries out, in place, what Python code changed in its copy of a document. */
export function applySteps(document: LiveDocument, steps: readonly Change[]): void {
  for (const step of steps) applyStep(document.value, step)
}

function applyStep(root: JsonValue, step: Change): void {
  if (step.op === 'splice') {
    ;(at(root, step.path) as JsonValue[]).splice(
      step.at,
      step.remove,
      ...step.insert.map((_, index) => valueAt(step.insert, index)),
    )
    return
  }
  const key = step.path.at(-1)
  if (key === undefined) return
  const parent = at(root, step.path.slice(0, -1)) as JsonObject
  if (step.op === 'remove') delete parent[key]
  else parent[key] = valueAt(step, 'value')
}

function at(root: JsonValue, path: Change['path']): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => (value as JsonObject | undefined)?.[key], root)
}
