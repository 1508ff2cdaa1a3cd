import {
  type Cluster,
  defineAction,
  defineCluster,
  defineDriver,
  defineUndo,
  type Fault,
  type JsonObject,
} from '@squall/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { play } from './toy-experiment.ts'

const fault: Fault = { kind: 'restart-node', node: 'one', instanceId: '1' }

/** Reaches a target by its name and faults it. */
const caller = defineDriver({
  name: 'caller',
  contract: 1,
  summary: 'Faults targets of others.',
  activities: {
    fault: defineAction({
      summary: 'Faults a target.',
      args: z.strictObject({ target: z.string(), options: z.record(z.string(), z.json()).default({}) }),
      targets: async ({ target }) => [target],
      run: async ({ target, options }, context) => {
        const cluster = await context.clusters?.connect(target, options as JsonObject)
        return cluster ? (await cluster.inject(fault, context)).outcome : 'out of reach'
      },
    }),
  },
})

/** A target whose faults have to be mended. */
function toyTarget() {
  const mended: string[] = []
  const cluster = (room: string): Cluster => ({
    snapshot: () => Promise.reject(new Error('nobody looks')),
    upgrading: async () => undefined,
    inject: async (_fault, context) => {
      await context.undo('mend', { room })
      return { outcome: 'done' }
    },
  })
  const driver = defineDriver({
    name: 'rooms',
    contract: 1,
    summary: 'Rooms.',
    undo: {
      mend: defineUndo({
        summary: 'Mends a room.',
        args: z.strictObject({ room: z.string() }),
        run: async ({ room }) => {
          mended.push(room)
          return 'undone'
        },
      }),
    },
    clusters: {
      rooms: defineCluster({
        summary: 'Rooms.',
        options: z.strictObject({ room: z.string() }),
        connect: async ({ room }) => cluster(room),
      }),
    },
  })
  return { driver, mended }
}

const faulting = (target: string, options: JsonObject = {}, more: JsonObject = {}) => ({
  type: 'action',
  name: 'fault it',
  provider: { type: 'caller', func: 'fault', arguments: { target, options } },
  ...more,
})

it("undoes a fault by the driver of its target, though it was another driver's activity", async () => {
  const { driver, mended } = toyTarget()
  const { journal } = await play(
    { method: [faulting('rooms', { room: 'hall' })] },
    { others: [caller, driver] },
  )
  expect(journal.run).toMatchObject([{ status: 'succeeded', output: 'done' }])
  expect(mended).toEqual(['hall'])
})

it('leaves what is kept', async () => {
  const { driver, mended } = toyTarget()
  await play({ method: [faulting('rooms', { room: 'hall' }, { keep: true })] }, { others: [caller, driver] })
  expect(mended).toEqual([])
})

it.each([
  { target: 'room', options: {}, reason: "No installed driver has the target 'room'; there are rooms." },
  { target: 'rooms', options: { room: 5 }, reason: "Options of the target 'rooms': room: " },
])('fails the activity for $target $options', async ({ target, options, reason }) => {
  const { driver } = toyTarget()
  const { journal } = await play({ method: [faulting(target, options)] }, { others: [caller, driver] })
  expect(journal.run[0]?.status).toBe('failed')
  expect(JSON.stringify(journal.run[0]?.exception)).toContain(reason)
})

it('is out of reach for a probe of the configuration, which may change nothing', async () => {
  const { driver, mended } = toyTarget()
  const asked = { type: 'probe', name: 'asked', provider: { type: 'toy', func: 'context' } }
  const configuration = { found: { ...faulting('rooms', { room: 'hall' }), type: 'probe' } }
  const { journal } = await play({ configuration, method: [asked] }, { others: [caller, driver] })
  expect(journal.run[0]?.output).toMatchObject({ configuration: { found: 'out of reach' } })
  expect(mended).toEqual([])
})
