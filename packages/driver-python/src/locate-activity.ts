import { isObject, type JsonValue } from '@squall/contract'

/** How far from the last one found an activity is looked for. */
const window = 32

/**
 * The path of an activity in an experiment. Activities are played in order, so each is looked for near the one before; a
 * look through the whole list each time would cost more than the run itself.
 */
export function locateActivity(
  value: JsonValue,
  experiment: Readonly<Record<string, JsonValue>>,
  hints: Map<string, number>,
): (string | number)[] | undefined {
  const hypothesis = experiment['steady-state-hypothesis']
  const lists: [string[], JsonValue | undefined][] = [
    [['method'], experiment['method']],
    [['rollbacks'], experiment['rollbacks']],
    [
      ['steady-state-hypothesis', 'probes'],
      isObject(hypothesis) ? (hypothesis['probes'] as JsonValue) : undefined,
    ],
  ]
  for (const [path, list] of lists) {
    const index = Array.isArray(list) ? near(value, list, hints.get(path.join()) ?? 0) : undefined
    if (index === undefined) continue
    hints.set(path.join(), index)
    return [...path, index]
  }
  return undefined
}

function near(value: JsonValue, list: readonly JsonValue[], hint: number): number | undefined {
  for (let away = 0; away <= window; away += 1) {
    if (list[hint + away] === value) return hint + away
    if (away > 0 && hint >= away && list[hint - away] === value) return hint - away
  }
  // A list that is played again begins at its beginning.
  for (let index = 0; index <= window && index < list.length; index += 1)
    if (list[index] === value) return index
  return undefined
}
