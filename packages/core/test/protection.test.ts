import { ActivityFailed, defineAction, defineDriver, defineProbe, type Targets } from '@squall/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { answer, harm, hypothesisOf, play, take, toy } from './toy-experiment.ts'

interface Asked {
  readonly targets: (args: { thing: string }) => Promise<Targets>
}

/** A driver that says what it touches as it is told, and counts how often it is asked and acts. */
function lookingDriver({ targets }: Asked) {
  const seen = { asked: 0, acted: 0, chance: [] as number[] }
  const args = z.strictObject({ thing: z.string().default('lamp'), value: z.unknown().optional() })
  const driver = defineDriver({
    name: 'looks',
    contract: 1,
    summary: 'Looks.',
    activities: {
      act: defineAction({
        summary: 'Acts.',
        args,
        targets: async ({ thing }, { random }) => {
          seen.asked += 1
          random.next()
          return targets({ thing })
        },
        run: async (_args, { random }) => {
          seen.acted += 1
          seen.chance.push(random.next())
          return true
        },
      }),
      look: defineProbe({ summary: 'Looks.', args, run: async () => 'seen' }),
    },
  })
  return { driver, seen }
}

const act = (thing: string, type = 'action', more: object = {}): object => ({
  type,
  name: `act on ${thing}`,
  provider: { type: 'looks', func: 'act', arguments: { thing } },
  ...more,
})

it.each<{ name: string; targets: Targets; reason: string | undefined }>([
  {
    name: 'a target that matches',
    targets: ['a', 'lamp'],
    reason: "'lamp' is protected by the pattern 'l*'",
  },
  { name: 'other targets', targets: ['a', 'b'], reason: undefined },
  { name: 'no target', targets: [], reason: undefined },
  {
    name: 'unknown ones',
    targets: { unknown: 'Who knows.' },
    reason: 'what it touches cannot be known (Who knows)',
  },
])('decides by what the driver says right before the action: $name', async ({ targets, reason }) => {
  const { driver, seen } = lookingDriver({ targets: async () => targets })
  const { journal } = await play({ method: [act('lamp')] }, { others: [driver], protect: ['l*'] })
  expect(seen).toMatchObject({ asked: 1, acted: reason === undefined ? 1 : 0 })
  const said = journal.run[0]?.exception?.at(-1)
  expect(said).toBe(reason && `ActivityFailed: 'act on lamp' was not played: ${reason}.\n`)
  expect(journal.status).toBe('completed')
})

it.each<{ name: string; error: Error }>([
  { name: 'fails', error: new ActivityFailed('It is dark.') },
  { name: 'throws', error: new TypeError('It is dark.') },
])('refuses an action whose driver $name when it looks', async ({ error }) => {
  const { driver, seen } = lookingDriver({ targets: () => Promise.reject(error) })
  const { journal } = await play(
    { method: [act('lamp'), take('next')] },
    { others: [driver], protect: ['x'] },
  )
  expect(seen.acted).toBe(0)
  expect(journal).toMatchObject({ status: 'completed', run: [{ status: 'failed' }, { status: 'succeeded' }] })
  expect(journal.run[0]?.exception?.at(-1)).toContain('cannot be known (It is dark)')
})

it('tells wrong arguments as what they are', async () => {
  const { driver, seen } = lookingDriver({ targets: async () => [] })
  const { journal } = await play({ method: [act(5 as never)] }, { others: [driver], protect: ['x'] })
  expect(seen).toMatchObject({ asked: 0, acted: 0 })
  expect(journal.run[0]?.exception?.at(-1)).toContain("ActivityFailed: Arguments of 'act on 5': thing: ")
})

it('does not wait for a driver that looks longer than its activity may take', async () => {
  const { driver, seen } = lookingDriver({ targets: () => new Promise<never>(() => undefined) })
  const { journal } = await play(
    { method: [act('lamp', 'action', { max_duration: 2 })] },
    { others: [driver], protect: ['x'] },
  )
  expect(seen.acted).toBe(0)
  expect(journal.run[0]?.exception).toEqual([
    'ActivityFailed: It took longer than its maximum duration of 2 s.\n',
  ])
})

it.each<{ name: string; parts: object }>([
  { name: 'in the method', parts: { method: [act('lamp')] } },
  { name: 'in the background', parts: { method: [act('lamp', 'action', { background: true })] } },
  { name: 'in the rollbacks', parts: { rollbacks: [act('lamp')] } },
  { name: 'that the file calls a probe', parts: { method: [act('lamp', 'probe')] } },
  {
    name: 'that is the probe of a tolerance',
    parts: { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, act('lamp', 'probe') as never)) },
  },
  {
    name: 'that gives a value to the configuration',
    parts: { configuration: { lamp: { ...act('lamp', 'probe') } } },
  },
])('holds for an action $name', async ({ parts }) => {
  const { driver, seen } = lookingDriver({ targets: async ({ thing }) => [thing] })
  await play(parts as never, { others: [driver], protect: ['lamp'] })
  expect(seen).toMatchObject({ asked: 1, acted: 0 })
  await play(parts as never, { others: [driver] })
  expect(seen.asked).toBe(1)
  expect(seen.acted).toBeGreaterThan(0)
})

it('asks no probe', async () => {
  const { driver } = lookingDriver({ targets: async () => [] })
  const look = { type: 'probe', name: 'look', provider: { type: 'looks', func: 'look' } }
  const { journal } = await play({ method: [look] }, { others: [driver], protect: ['*'] })
  expect(journal.run[0]?.output).toBe('seen')
})

it('leaves to chance what chance decides without it', async () => {
  const one = lookingDriver({ targets: async () => ['a'] })
  const two = lookingDriver({ targets: async () => ['a'] })
  await play({ method: [act('a')] }, { others: [one.driver] })
  await play({ method: [act('a')] }, { others: [two.driver], protect: ['b'] })
  expect(two.seen).toEqual({ ...one.seen, asked: 1 })
})

it('registers no undo while it looks, nor for what it refuses', async () => {
  const { journal, trace } = await play({ method: [harm('lamp'), harm('door')] }, { protect: ['lamp'] })
  expect(trace).toEqual(['break door', 'mend door'])
  expect(journal.undo).toHaveLength(1)
})

it('takes settings and patterns together, and tells drivers which ports and users are protected', async () => {
  const told: unknown[] = []
  const driver = defineDriver({
    name: 'told',
    contract: 1,
    summary: 'Remembers.',
    activities: {
      act: defineAction({
        summary: 'Acts.',
        args: z.strictObject({}),
        targets: async (_args, { guarded }) => {
          told.push(guarded)
          return ['on :8080']
        },
        run: async () => true,
      }),
    },
  })
  const settings = { protect: { ports: [8080], users: ['root'] } }
  const method = [toy('action', 'act', 'act', {}, { provider: { type: 'told', func: 'act' } })]
  const { journal } = await play({ method }, { others: [driver], settings, protect: ['x'] })
  expect(told).toEqual([{ ports: [8080], users: ['root'] }])
  expect(journal.run[0]?.exception?.at(-1)).toContain("'on :8080' is protected by the port 8080")
})

it('does not begin with protection that is not clear', async () => {
  await expect(
    play({ method: [take('a')] }, { settings: { protect: { ports: ['x'] } } }),
  ).rejects.toMatchObject({
    code: 'SQUALL_PROTECTION_UNCLEAR',
  })
})
