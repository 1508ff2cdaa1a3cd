import { describe, expect, it } from 'vitest'
import { endFamily as endFamilyOf } from './end-family.ts'
import type { ProcessRow, ProcessTable } from './process-table.ts'
import type { Family } from './process-world.ts'

/** A machine made of rows `[pid, parent, session, tag?]`; what is killed goes with the next tick, and its children to process 1. */
class FakeTable implements ProcessTable {
  readonly own = 100
  readonly killed: number[] = []
  readonly undying = new Set<number>()
  onKill: (pid: number) => void = () => {}
  readonly refusing: ReadonlySet<number>
  private list: (readonly [number, number, number, string?, boolean?])[]

  constructor(rows: FakeTable['list'], refusing: readonly number[] = []) {
    this.list = [[1, 0, 1], [50, 1, 50], [100, 50, 50], ...rows]
    this.refusing = new Set(refusing)
  }

  async rows(): Promise<ProcessRow[]> {
    return this.list.map(([pid, parent, session, , ended = false]) => ({
      pid,
      parent,
      session,
      startedAt: `t${pid}`,
      ended,
    }))
  }

  carries(tag: string, pid: number): boolean {
    return this.list.some((row) => row[0] === pid && row[3] === tag)
  }

  add(row: FakeTable['list'][number]): void {
    this.list.push(row)
  }

  kill(pid: number) {
    if (this.refusing.has(pid)) return 'refused' as const
    this.killed.push(pid)
    this.onKill(pid)
    return 'sent' as const
  }

  /** What was killed goes, unless it cannot. */
  tick(): void {
    const gone = this.killed.filter((pid) => !this.undying.has(pid))
    this.list = this.list
      .filter(([pid]) => !gone.includes(pid))
      .map(([pid, parent, ...rest]) => [pid, gone.includes(parent) ? 1 : parent, ...rest])
  }
}

/** Waits by letting the machine's clock run. */
async function endFamily(table: FakeTable, family: Family) {
  let time = 0
  const wait = async (milliseconds: number) => {
    time += milliseconds
    table.tick()
  }
  return endFamilyOf(table, family, { limitMs: 100, now: () => time, wait })
}

describe('endFamily', () => {
  it('kills descendants, parents first', async () => {
    const table = new FakeTable([
      [203, 202, 50],
      [202, 201, 50],
      [201, 100, 50],
      [300, 100, 50],
    ])
    expect(await endFamily(table, { tag: 'a', pid: 201 })).toEqual({
      ended: [201, 202, 203],
      remaining: [],
      refused: [],
    })
  })

  it('kills orphans that carry the tag in the session, and what they started', async () => {
    const table = new FakeTable([
      [201, 1, 50, 'a'],
      [202, 201, 50],
      [203, 1, 50, 'b'],
    ])
    expect(await endFamily(table, { tag: 'a', session: 50 })).toEqual({
      ended: [201, 202],
      remaining: [],
      refused: [],
    })
  })

  it('spares a daemon in a session of its own', async () => {
    const table = new FakeTable([[201, 1, 201, 'a']])
    expect(await endFamily(table, { tag: 'a', session: 50 })).toEqual({
      ended: [],
      remaining: [],
      refused: [],
    })
  })

  it('does not mistake a later process for the one of that pid', async () => {
    const table = new FakeTable([[201, 1, 50]])
    expect((await endFamily(table, { tag: 'a', pid: 201, startedAt: 't7' })).ended).toEqual([])
    expect((await endFamily(table, { tag: 'a', pid: 201, startedAt: 't201' })).ended).toEqual([201])
  })

  it('never kills process 1, itself or its ancestors', async () => {
    const table = new FakeTable([[201, 100, 50, 'a']])
    expect((await endFamily(table, { tag: 'a', session: 50, pid: 50 })).ended).toEqual([201])
    for (const pid of [0, 1, 50, 100]) expect((await endFamily(table, { tag: 'x', pid })).ended).toEqual([])
  })

  it('passes over zombies', async () => {
    const table = new FakeTable([[201, 1, 50, 'a', true]])
    expect((await endFamily(table, { tag: 'a', session: 50 })).ended).toEqual([])
  })

  it('finds what was started while it looked', async () => {
    const table = new FakeTable([[201, 100, 50, 'a']])
    table.onKill = (pid) => {
      if (pid < 205) table.add([pid + 1, 1, 50, 'a'])
    }
    expect((await endFamily(table, { tag: 'a', session: 50 })).ended).toEqual([201, 202, 203, 204, 205])
  })

  it('tells what it may not kill, and goes on with the rest', async () => {
    const table = new FakeTable(
      [
        [201, 100, 50, 'a'],
        [202, 201, 50],
      ],
      [201],
    )
    expect(await endFamily(table, { tag: 'a', pid: 201 })).toEqual({
      ended: [202],
      remaining: [],
      refused: [201],
    })
  })

  it('gives up on what does not go', async () => {
    const table = new FakeTable([[201, 100, 50, 'a']])
    table.undying.add(201)
    expect(await endFamily(table, { tag: 'a', pid: 201 })).toEqual({
      ended: [201],
      remaining: [201],
      refused: [],
    })
    expect(table.killed).toEqual([201])
  })
})
