import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineAction, defineDriver, defineProbe, defineUndo, manifestOf } from './index.ts'

const driver = defineDriver({
  name: 'lamps',
  contract: 1,
  summary: 'Lamps in a room.',
  activities: {
    is_lit: defineProbe({
      summary: 'Whether a lamp is lit.',
      args: z.strictObject({ lamp: z.string() }),
      result: z.boolean(),
      run: async ({ lamp }) => lamp.startsWith('lit'),
    }),
    darken: defineAction({
      summary: 'Puts lamps out.',
      args: z.strictObject({ count: z.number().default(1).describe('How many.') }),
      undoneBy: ['light'],
      targets: async ({ count }) => [`${count.toFixed(0)} lamps`],
      run: async ({ count }) => ({ darkened: count }),
    }),
  },
  undo: {
    light: defineUndo({
      summary: 'Lights lamps.',
      args: z.strictObject({ lamps: z.array(z.string()) }),
      run: async ({ lamps }) => (lamps.length > 0 ? 'undone' : 'not needed'),
    }),
  },
})

it('writes the manifest of a driver from its schemas', () => {
  expect(manifestOf(driver)).toEqual({
    contract: 1,
    name: 'lamps',
    summary: 'Lamps in a room.',
    providers: {
      lamps: {
        summary: 'Lamps in a room.',
        schema: {
          type: 'object',
          required: ['type', 'func'],
          properties: {
            type: { const: 'lamps' },
            func: { enum: ['is_lit', 'darken'] },
            arguments: { type: 'object' },
          },
        },
      },
    },
    activities: {
      is_lit: {
        kind: 'probe',
        summary: 'Whether a lamp is lit.',
        args: {
          type: 'object',
          properties: { lamp: { type: 'string' } },
          required: ['lamp'],
          additionalProperties: false,
        },
        result: { type: 'boolean' },
        changes: false,
      },
      darken: {
        kind: 'action',
        summary: 'Puts lamps out.',
        args: {
          type: 'object',
          properties: { count: { type: 'number', default: 1, description: 'How many.' } },
          additionalProperties: false,
        },
        changes: true,
        undoneBy: ['light'],
      },
    },
    undo: {
      light: {
        summary: 'Lights lamps.',
        args: {
          type: 'object',
          properties: { lamps: { type: 'array', items: { type: 'string' } } },
          required: ['lamps'],
          additionalProperties: false,
        },
      },
    },
    aliases: [],
  })
})

it('keeps the argument types of an activity for code that imports the driver', async () => {
  const lit: boolean = await driver.activities.is_lit.run({ lamp: 'lit one' }, undefined as never)
  expect(lit).toBe(true)
  // @ts-expect-error a lamp is a text
  const wrong = { lamp: 1 } satisfies Parameters<typeof driver.activities.is_lit.run>[0]
  expect(wrong.lamp).toBe(1)
})
