import { describe, expect, it } from 'vitest'
import { endChild } from './end-child.ts'
import type { Family, FamilyEnd, ProcessWorld } from './process-world.ts'

class FakeWorld implements ProcessWorld {
  readonly environment = {}
  readonly platform = 'linux'
  readonly asked: Family[] = []
  private readonly ends: FamilyEnd[]
  constructor(ends: FamilyEnd[]) {
    this.ends = ends
  }
  newTag = () => 'tag'
  session = async () => 1
  startedAt = async () => undefined
  run = () => Promise.reject(new Error('not asked for'))
  end = async (family: Family) => {
    this.asked.push(family)
    return this.ends.length > 1 ? (this.ends.shift() as FamilyEnd) : (this.ends[0] as FamilyEnd)
  }
}

class FakeClock {
  private time = 0
  now = () => this.time
  monotonic = () => this.time
  sleep = async (milliseconds: number) => {
    this.time += milliseconds
  }
}

const nothing = { ended: [], refused: [] }
function undo(world: FakeWorld, args: Parameters<ReturnType<typeof endChild>['run']>[0]) {
  const log = { debug() {}, info() {}, warn() {} }
  return endChild(world).run(args, { signal: new AbortController().signal, log, clock: new FakeClock() })
}

describe('end_child', () => {
  it('asks nobody when the program ended by itself', async () => {
    const world = new FakeWorld([{ ended: [7], refused: [] }])
    expect(await undo(world, { tag: 't', ended: true })).toBe('not needed')
    expect(world.asked).toEqual([])
  })

  it('is not needed when nothing is found', async () => {
    expect(await undo(new FakeWorld([nothing]), { tag: 't' })).toBe('not needed')
  })

  it('looks until nothing is left', async () => {
    const world = new FakeWorld([{ ended: [7, 8], refused: [] }, { ended: [8], refused: [] }, nothing])
    expect(await undo(world, { tag: 't', session: 3 })).toBe('undone')
    expect(world.asked).toEqual(Array(3).fill({ tag: 't', session: 3 }))
  })

  it.each([
    { name: 'of another user', end: { ended: [], refused: [7] }, says: 'Process 7 belongs to another user' },
    { name: 'that does not end', end: { ended: [7], refused: [] }, says: 'Process 7 does not end' },
  ])('fails for a process $name', async ({ end, says }) => {
    await expect(undo(new FakeWorld([end]), { tag: 't' })).rejects.toThrow(says)
  })

  it.each([
    [{ tag: 't' }, []],
    [{ tag: 't', session: 1, pid: 2, startedAt: 'x', ended: true }, []],
    [{}, ['tag']],
    [null, ['tag']],
    [{ tag: 1, pid: '2' }, ['tag', 'pid']],
  ])('given %j complains of %j', async (args, wrong) => {
    const checked = await endChild(new FakeWorld([nothing])).args['~standard'].validate(args)
    expect((checked.issues ?? []).map(({ path }) => path?.[0])).toEqual(wrong)
  })
})
