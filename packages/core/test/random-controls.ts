import { type HookCall, type HookName, InterruptRun, type JsonObject, type JsonValue } from '@squall/contract'
import fc from 'fast-check'
import { type Deeds, hookNames } from './toy-controls.ts'

/** Something a hook does to a document of the run: what it is done to is found by walking down from the document. */
interface RandomDeed {
  readonly document: 'context' | 'state' | 'experiment' | 'configuration' | 'secrets'
  readonly way: readonly number[]
  readonly kind: 'set' | 'remove' | 'push' | 'splice' | 'copy' | 'throw' | 'interrupt' | 'skip'
  readonly at: number
  readonly value: JsonValue
}

const deed: fc.Arbitrary<RandomDeed> = fc.record({
  document: fc.constantFrom('context', 'state', 'experiment', 'configuration', 'secrets'),
  way: fc.array(fc.nat(8), { maxLength: 5 }),
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('set', 'remove', 'push', 'splice', 'copy') },
    { weight: 1, arbitrary: fc.constantFrom('throw', 'interrupt', 'skip') },
  ) as fc.Arbitrary<RandomDeed['kind']>,
  at: fc.nat(6),
  value: fc.oneof(
    fc.integer(),
    // Short: longer ones, put under secrets, would be hidden.
    fc.constant('new'),
    fc.constant(null),
    fc.constant({ fresh: [1, { deep: true }] }),
    fc.constant([]),
  ) as fc.Arbitrary<JsonValue>,
})

/** What a control does in each of its hooks: anything to anything. */
export const randomDeeds: fc.Arbitrary<Deeds> = fc
  .dictionary(fc.constantFrom(...hookNames) as fc.Arbitrary<string>, fc.array(deed, { maxLength: 3 }))
  .map((byHook) =>
    Object.fromEntries(
      Object.entries(byHook).map(([hook, deeds]) => [
        hook as HookName,
        (call: HookCall) => {
          for (const each of deeds) perform(each, call)
        },
      ]),
    ),
  )

function perform({ document, way, kind, at, value }: RandomDeed, call: HookCall): void {
  if (kind === 'throw') throw new Error('chance')
  if (kind === 'interrupt') throw new InterruptRun('chance')
  if (kind === 'skip') return call.skip(value)
  let target: JsonValue = call[document]?.value ?? null
  for (const step of way) {
    if (typeof target !== 'object' || target === null) return
    const inside: JsonValue[] = Object.values(target).filter(
      (item) => typeof item === 'object' && item !== null,
    )
    target = inside[step % Math.max(1, inside.length)] ?? target
  }
  if (Array.isArray(target)) editList(target, kind, at, value)
  else if (typeof target === 'object' && target !== null) editObject(target, kind, at, value)
}

function editObject(target: JsonObject, kind: string, at: number, value: JsonValue): void {
  const keys = Object.keys(target)
  const key = keys[at] ?? 'new'
  if (kind === 'remove') delete target[key]
  else target[key] = kind === 'copy' ? (target[keys[0] ?? ''] ?? null) : value
}

function editList(list: JsonValue[], kind: string, at: number, value: JsonValue): void {
  // A control that adds an activity for every activity would play for ever.
  const item = kind === 'copy' ? (list[0] ?? null) : value
  if (kind === 'remove') list.pop()
  else if (kind === 'splice') list.splice(at, 1, item)
  else if (list.length < 8) list.push(item)
}
