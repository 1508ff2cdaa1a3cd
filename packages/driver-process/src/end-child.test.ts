import { describe, expect, it } from 'vitest'
import { type EndChildArgs, endChild } from './end-child.ts'
import type { Family, FamilyEnd, ProcessWorld } from './process-world.ts'

class FakeWorld implements ProcessWorld {
  readonly environment = {}
  readonly platform = 'linux'
  readonly asked: Family[] = []
  private readonly answer: FamilyEnd
  constructor(answer: Partial<FamilyEnd>) {
    this.answer = { ended: [], remaining: [], refused: [], ...answer }
  }
  newTag = () => 'tag'
  session = async () => 1
  startedAt = async () => undefined
  run = () => Promise.reject(new Error('not asked for'))
  end = async (family: Family) => {
    this.asked.push(family)
    return this.answer
  }
}

const undo = (world: FakeWorld, args: EndChildArgs) => endChild(world).run(args, {} as never)

describe('end_child', () => {
  it('asks nobody when the program ended by itself', async () => {
    const world = new FakeWorld({ ended: [7] })
    expect(await undo(world, { tag: 't', ended: true })).toBe('not needed')
    expect(world.asked).toEqual([])
  })

  it('is not needed when nothing is found', async () => {
    expect(await undo(new FakeWorld({}), { tag: 't' })).toBe('not needed')
  })

  it('ends what is found by the tag in the session', async () => {
    const world = new FakeWorld({ ended: [7, 8] })
    expect(await undo(world, { tag: 't', session: 3 })).toBe('undone')
    expect(world.asked).toEqual([{ tag: 't', session: 3 }])
  })

  it.each([
    { name: 'of another user', end: { refused: [7] }, says: 'Process 7 belongs to another user' },
    { name: 'that does not end', end: { ended: [7], remaining: [7] }, says: 'Process 7 does not end' },
  ])('fails for a process $name', async ({ end, says }) => {
    await expect(undo(new FakeWorld(end), { tag: 't' })).rejects.toThrow(says)
  })

  it.each([
    [{ tag: 't' }, []],
    [{ tag: 't', session: 1, pid: 2, startedAt: 'x', ended: true }, []],
    [{}, ['tag']],
    [null, ['tag']],
    [{ tag: 1, pid: '2' }, ['tag', 'pid']],
  ])('given %j complains of %j', async (args, wrong) => {
    const checked = await endChild(new FakeWorld({})).args['~standard'].validate(args)
    expect((checked.issues ?? []).map(({ path }) => path?.[0])).toEqual(wrong)
  })
})
