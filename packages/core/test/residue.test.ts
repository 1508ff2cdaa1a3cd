import { defineAction, defineDriver, defineUndo, type RunEvent } from '@squall/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { play, take } from './toy-experiment.ts'

interface Litter {
  /** What lies around. */
  readonly things: Set<string>
  /** Called when the driver is asked. */
  look: (time: number) => void | Promise<void>
}

/** A driver that drops things, and picks them up only when they are light. */
function litterDriver(...old: readonly string[]) {
  const litter: Litter = { things: new Set(old), look: () => undefined }
  const args = z.strictObject({ thing: z.string() })
  let looks = 0
  const driver = defineDriver({
    name: 'litter',
    contract: 1,
    summary: 'Drops things.',
    activities: {
      drop: defineAction({
        summary: 'Drops a thing.',
        args,
        undoneBy: ['pick_up'],
        targets: async ({ thing }) => [thing],
        run: async ({ thing }, { undo }) => {
          await undo('pick_up', { thing })
          litter.things.add(thing)
          return thing
        },
      }),
    },
    undo: {
      pick_up: defineUndo({
        summary: 'Picks a thing up.',
        args,
        run: async ({ thing }) => {
          if (!thing.startsWith('heavy')) litter.things.delete(thing)
          return 'undone'
        },
      }),
    },
    residue: async () => {
      looks += 1
      await litter.look(looks)
      return [...litter.things]
    },
  })
  return { driver, litter }
}

const drop = (thing: string, more: object = {}): object => ({
  type: 'action',
  name: `drop ${thing}`,
  provider: { type: 'litter', func: 'drop', arguments: { thing } },
  ...more,
})

const warnings = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'log' && event.level === 'warning' ? [event.message] : []))

it.each<{ name: string; old?: string[]; method: object[]; found: string[] }>([
  { name: 'what was undone', method: [drop('can')], found: [] },
  { name: 'what an undo left', method: [drop('heavy can')], found: ['heavy can'] },
  { name: 'what was there before', old: ['heavy can'], method: [drop('heavy can')], found: [] },
  { name: 'what is kept on purpose', method: [drop('can', { keep: true })], found: [] },
  {
    name: 'what was left beside what is kept',
    method: [drop('heavy one'), drop('can', { keep: true }), drop('heavy two')],
    found: ['heavy one', 'heavy two'],
  },
  {
    name: 'everything that several activities keep',
    method: [drop('one', { keep: true }), drop('two', { keep: true })],
    found: [],
  },
  { name: 'a driver that is not used', method: [take('a')], found: [] },
])('finds $found left behind: $name', async ({ old = [], method, found }) => {
  const { driver } = litterDriver(...old)
  const { journal, exitCode } = await play({ method }, { others: [driver], strict: true })
  expect(journal.residue ?? []).toEqual(found.map((each) => ({ driver: 'litter', found: each })))
  expect(journal.status).toBe('completed')
  expect(exitCode).toBe(found.length > 0 ? 1 : 0)
})

it('fails a run only when it is strict', async () => {
  const codes: number[] = []
  for (const strict of [false, true]) {
    const { driver } = litterDriver()
    codes.push((await play({ method: [drop('heavy can')] }, { others: [driver], strict })).exitCode)
  }
  expect(codes).toEqual([0, 1])
})

it.each([
  { name: 'before the run', at: 1 },
  { name: 'after it', at: 2 },
])('says nothing was left by a driver that cannot tell $name, but that it cannot', async ({ at }) => {
  const { driver, litter } = litterDriver('heavy bag')
  litter.look = (time) => {
    if (time === at) throw new Error('It is dark.')
  }
  const { journal, events } = await play({ method: [drop('heavy can')] }, { others: [driver], strict: true })
  expect(journal).not.toHaveProperty('residue')
  expect(warnings(events)).toEqual(['litter cannot tell what was left behind: It is dark.'])
})

it('does not wait for ever for a driver that looks', async () => {
  const { driver, litter } = litterDriver()
  litter.look = () => new Promise<never>(() => undefined)
  const { journal, events, clock } = await play({ method: [drop('can')] }, { others: [driver] })
  expect(journal.status).toBe('completed')
  expect(warnings(events)).toHaveLength(2)
  expect(clock.monotonic()).toBeLessThan(11_000)
})

it('looks after a run that was interrupted, and knows what that keeps', async () => {
  const { driver } = litterDriver()
  const { journal } = await play(
    { method: [drop('can', { keep: true }), drop('heavy can'), take('slow', 60)] },
    { others: [driver], maxDuration: 5 },
  )
  expect(journal).toMatchObject({
    status: 'interrupted',
    residue: [{ driver: 'litter', found: 'heavy can' }],
  })
})

it('says of what is kept that nothing will undo it', async () => {
  const { driver } = litterDriver()
  const { journal, events } = await play({ method: [drop('can', { keep: true })] }, { others: [driver] })
  expect(journal).not.toHaveProperty('undo')
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'log',
      level: 'info',
      message: "'drop can' keeps its effect: nothing will undo it.",
    }),
  )
})
