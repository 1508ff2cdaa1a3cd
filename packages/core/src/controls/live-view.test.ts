import type { Change, JsonObject, JsonValue } from '@squall/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeApplier } from '../journal/apply-changes.ts'
import { ChangeTracker } from './change-tracker.ts'
import { LiveView } from './live-view.ts'

const author = { control: 'c', hook: 'before-activity' } as const

/** A document under a view; `changes` are what was put on record so far. */
function viewed<Value extends JsonValue>(value: Value) {
  const changes: Change[] = []
  const tracker = new ChangeTracker((event) => changes.push(...event.changes))
  if (typeof value === 'object' && value !== null) tracker.track(value, 'journal', [])
  const view = new LiveView(author, tracker)
  const document = view.document(value)
  const recorded = (): Change[] => {
    tracker.flush()
    return changes
  }
  return { document, live: document.value, raw: value, recorded, tracker, view }
}

/** What becomes of a document when its recorded changes are carried out. */
function replayed(before: JsonValue, changes: readonly Change[]): JsonValue {
  const root = { value: structuredClone(before) }
  const moved = JSON.parse(JSON.stringify(changes)).map((change: Change) => ({
    ...change,
    path: ['value', ...change.path],
  }))
  new ChangeApplier().apply(root, moved, () => false)
  return root.value
}

describe('a live document', () => {
  it('reads like the value it stands for', () => {
    const { live } = viewed({ a: [1, { b: 'x' }], c: null })
    expect(live).toEqual({ a: [1, { b: 'x' }], c: null })
    expect(JSON.stringify(live)).toBe('{"a":[1,{"b":"x"}],"c":null}')
    expect([Array.isArray(live.a), Object.keys(live), 'a' in live, live.a.map(String).length]).toEqual([
      true,
      ['a', 'c'],
      true,
      2,
    ])
  })

  it.each<{ name: string; edit: (value: never) => void; changes: Change[] }>([
    {
      name: 'a member',
      edit: (v: JsonObject) => {
        v['n'] = 2
      },
      changes: [{ op: 'set', path: ['n'], value: 2 }],
    },
    {
      name: 'a new member',
      edit: (v: JsonObject) => {
        v['new'] = [1]
      },
      changes: [{ op: 'set', path: ['new'], value: [1] }],
    },
    {
      name: 'no member',
      edit: (v: JsonObject) => {
        delete v['n']
      },
      changes: [{ op: 'remove', path: ['n'] }],
    },
    {
      name: 'undefined, which is no member',
      edit: (v: { n?: number }) => {
        v.n = undefined as never
      },
      changes: [{ op: 'remove', path: ['n'] }],
    },
    {
      name: 'a deep member',
      edit: (v: { o: { p: JsonObject } }) => {
        v.o.p['q'] = 's'
      },
      changes: [{ op: 'set', path: ['o', 'p', 'q'], value: 's' }],
    },
    {
      name: 'an item',
      edit: (v: { l: number[] }) => {
        v.l[1] = 9
      },
      changes: [{ op: 'splice', path: ['l'], at: 1, remove: 1, insert: [9] }],
    },
    {
      name: 'items at the end',
      edit: (v: { l: number[] }) => {
        v.l.push(4, 5)
      },
      changes: [{ op: 'splice', path: ['l'], at: 3, remove: 0, insert: [4, 5] }],
    },
    {
      name: 'an item at the front',
      edit: (v: { l: number[] }) => {
        v.l.unshift(0)
      },
      changes: [{ op: 'splice', path: ['l'], at: 0, remove: 0, insert: [0] }],
    },
    {
      name: 'no last item',
      edit: (v: { l: number[] }) => {
        v.l.pop()
      },
      changes: [{ op: 'splice', path: ['l'], at: 2, remove: 1, insert: [] }],
    },
    {
      name: 'a shorter list',
      edit: (v: { l: number[] }) => {
        v.l.length = 1
      },
      changes: [{ op: 'splice', path: ['l'], at: 1, remove: 2, insert: [] }],
    },
    {
      name: 'the same as before',
      edit: (v: { n: number; o: JsonObject }) => {
        Object.assign(v, { n: 1, o: v.o })
      },
      changes: [],
    },
  ])('records $name', ({ edit, changes }) => {
    const { live, recorded } = viewed({ n: 1, o: { p: { q: 'r' } }, l: [1, 2, 3] })
    edit(live as never)
    expect(recorded()).toEqual(changes)
  })

  it('an item that moved is found where it is now', () => {
    const list = Array.from({ length: 5 }, (_, at) => ({ at }))
    const { live, recorded } = viewed({ list })
    const third = live.list[2] as JsonObject
    live.list.unshift({ at: -1 }, { at: -2 })
    third['seen'] = true
    expect(recorded().at(-1)).toEqual({ op: 'set', path: ['list', 4, 'seen'], value: true })
  })

  it('what was taken out is changed all the same, and nothing is recorded', () => {
    const { live, recorded, raw } = viewed({ list: [{ a: 1 }] })
    const item = live.list[0] as JsonObject
    live.list.length = 0
    item['a'] = 2
    expect(recorded()).toHaveLength(1)
    expect(raw).toEqual({ list: [] })
  })

  it('what is put in twice is two values', () => {
    const { live, raw } = viewed<JsonObject>({ a: { x: 1 } })
    live['b'] = live['a'] as JsonObject
    ;(live['b'] as JsonObject)['x'] = 2
    expect(raw).toEqual({ a: { x: 1 }, b: { x: 2 } })
  })

  it('what is put in is not its giver any more', () => {
    const given = { x: 1 }
    const { live, raw } = viewed<JsonObject>({})
    live['a'] = given
    given.x = 2
    expect(raw).toEqual({ a: { x: 1 } })
  })

  it.each([
    { what: 'a function', value: () => 1 },
    { what: 'a date', value: new Date(0) },
    { what: 'NaN', value: Number.NaN },
  ])('refuses $what', ({ value }) => {
    const { live, raw } = viewed<JsonObject>({})
    expect(() => {
      live['a'] = value as never
    }).toThrow('is not JSON')
    expect(raw).toEqual({})
  })

  it('a list has no holes and no names', () => {
    const { live } = viewed<JsonValue[]>([1])
    expect(() => {
      live[5] = 1
    }).toThrow(TypeError)
    expect(() => Object.assign(live, { name: 1 })).toThrow(TypeError)
    expect(() => {
      delete live[0]
    }).toThrow(TypeError)
  })

  it('`__proto__` is a member like any other', () => {
    const { live, raw, recorded } = viewed<JsonObject>({})
    Reflect.set(live, '__proto__', { polluted: true })
    expect(Object.keys(raw)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(Object.keys(replayed({}, recorded()) as object)).toEqual(['__proto__'])
  })

  it('its revision grows with every change, whoever made it', () => {
    const { document, live, tracker, raw } = viewed<JsonObject>({ a: { b: 1 } })
    const other = new LiveView({ control: 'd', hook: 'after-activity' }, tracker).document(raw)
    expect(document.revision).toBe(0)
    ;(live['a'] as JsonObject)['b'] = 2
    other.value['c'] = 1
    expect([document.revision, other.revision]).toEqual([2, 2])
  })

  it('changes of two authors are recorded in the order they were made', () => {
    const told: string[] = []
    const tracker = new ChangeTracker(({ control, changes }) => told.push(`${control} ${changes.length}`))
    const raw: JsonObject = {}
    tracker.track(raw, 'journal', [])
    const [one, two] = ['one', 'two'].map(
      (control) => new LiveView({ ...author, control }, tracker).document(raw).value,
    )
    Object.assign(one ?? {}, { a: 1, b: 2 })
    Object.assign(two ?? {}, { a: 3 })
    Object.assign(one ?? {}, { c: 4 })
    tracker.flush()
    expect(told).toEqual(['one 2', 'two 1', 'one 1'])
  })
})

describe('replaying what was recorded', () => {
  const document = fc.dictionary(
    fc.constantFrom('a', 'b', 'list', '0'),
    fc.oneof(
      fc.integer(),
      fc.array(fc.oneof(fc.integer(), fc.record({ x: fc.integer() })), { maxLength: 4 }),
      fc.record({ deep: fc.array(fc.integer(), { maxLength: 3 }) }),
    ),
  )
  const edit = fc.record({
    path: fc.array(fc.nat(6), { maxLength: 4 }),
    kind: fc.constantFrom('set', 'delete', 'push', 'splice', 'shift', 'reverse', 'sort', 'self'),
    at: fc.nat(4),
    value: fc.oneof<fc.Arbitrary<JsonValue>[]>(
      fc.integer(),
      fc.constant({ fresh: [1] }),
      fc.constant([{ x: 1 }]),
    ),
  })

  it('gives the document as it is', () => {
    fc.assert(
      fc.property(document, fc.array(edit, { maxLength: 12 }), (start, edits) => {
        const before = JSON.parse(JSON.stringify(start)) as JsonObject
        const { live, raw, recorded } = viewed(JSON.parse(JSON.stringify(start)) as JsonObject)
        for (const each of edits) perform(live, each)
        expect(replayed(before, recorded())).toEqual(raw)
      }),
      { numRuns: 500 },
    )
  })

  type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never

  function perform(root: JsonObject, { path, kind, at, value }: Edit): void {
    let target: JsonValue = root
    for (const step of path) {
      const inside: JsonValue[] = Object.values(target).filter(
        (item) => typeof item === 'object' && item !== null,
      )
      target = inside[step % Math.max(1, inside.length)] ?? target
    }
    if (Array.isArray(target)) editList(target, kind, at, value)
    else editObject(target as JsonObject, kind, at, value)
  }

  function editObject(target: JsonObject, kind: string, at: number, value: JsonValue): void {
    const key = Object.keys(target)[at] ?? 'new'
    if (kind === 'delete') delete target[key]
    else target[key] = kind === 'self' ? (target[Object.keys(target)[0] ?? ''] ?? null) : value
  }

  function editList(list: JsonValue[], kind: string, at: number, value: JsonValue): void {
    if (kind === 'push') list.push(value)
    else if (kind === 'splice') list.splice(at - 2, at % 3, value)
    else if (kind === 'shift') list.shift()
    else if (kind === 'reverse') list.reverse()
    else if (kind === 'sort') list.sort()
    else if (kind === 'delete') list.pop()
    else list[Math.min(at, list.length)] = kind === 'self' ? (list[0] ?? null) : value
  }
})
