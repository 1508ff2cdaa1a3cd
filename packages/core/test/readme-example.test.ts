import { defineAction, defineDriver, defineProbe, defineUndo } from '@squall/contract'
import { parseExperiment, runExperiment } from '@squall/core'
import { expect, it } from 'vitest'
import { z } from 'zod'

/** What is put to the test. */
const room = { lit: 2 }

const roomDriver = defineDriver({
  name: 'room',
  contract: 1,
  summary: 'The lamps of a room.',
  activities: {
    count_lit: defineProbe({
      summary: 'How many lamps are lit.',
      args: z.strictObject({}),
      run: async () => room.lit,
    }),
    put_out: defineAction({
      summary: 'Puts lamps out.',
      args: z.strictObject({ count: z.number() }),
      undoneBy: ['light'],
      targets: async ({ count }) => [`${count} of ${room.lit} lamps`],
      run: async ({ count }, { undo }) => {
        await undo('light', { lit: room.lit })
        room.lit -= count
        return { lit: room.lit }
      },
    }),
  },
  undo: {
    light: defineUndo({
      summary: 'Lights lamps until so many are lit.',
      args: z.strictObject({ lit: z.number() }),
      run: async ({ lit }) => {
        if (room.lit >= lit) return 'not needed'
        room.lit = lit
        return 'undone'
      },
    }),
  },
})

it('is bright enough without one of its lamps', async () => {
  const drivers = [roomDriver]
  const experiment = await parseExperiment(
    {
      title: 'One lamp goes out',
      description: 'The other one has to do.',
      'steady-state-hypothesis': {
        title: 'The room is bright',
        probes: [
          {
            type: 'probe',
            name: 'lamps-lit',
            tolerance: { type: 'range', range: [1, 2] },
            provider: { type: 'room', func: 'count_lit' },
          },
        ],
      },
      method: [
        {
          type: 'action',
          name: 'one-goes-out',
          provider: { type: 'room', func: 'put_out', arguments: { count: 1 } },
        },
      ],
    },
    { drivers },
  )

  // The room lives and dies with this process, so nothing has to be undone after it.
  const { status, deviated, journal } = await runExperiment(experiment, { drivers, eventLog: false })

  expect({ status, deviated }).toEqual({ status: 'completed', deviated: false })
  expect(journal.run[0]?.output).toEqual({ lit: 1 })
  expect(journal.undo).toMatchObject([{ func: 'light', status: 'undone' }])
  expect(room.lit).toBe(2)
})
