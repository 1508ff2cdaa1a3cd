import {
  ActivityFailed,
  type Driver,
  defineDriver,
  defineProbe,
  defineProvider,
  type JsonValue,
  type StandardSchema,
} from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { crash, play, take, toy } from './toy-experiment.ts'

/** A driver with one probe and one provider type, which both do `run`. */
function driverThat(run: () => unknown, args: StandardSchema = z.object({})): Driver {
  return defineDriver({
    name: 'odd',
    contract: 1,
    summary: 'Does something odd.',
    activities: { it: defineProbe({ summary: 'Does it.', args, run: async () => run() as JsonValue }) },
    providers: {
      odder: defineProvider({
        summary: 'Does it as a provider.',
        schema: {},
        validate: async () => [],
        run: () => run() as Promise<JsonValue>,
        targets: async () => [],
      }),
    },
  })
}

const asActivity = { type: 'probe', name: 'it', provider: { type: 'odd', func: 'it' } }
const asProvider = { type: 'probe', name: 'it', provider: { type: 'odder' } }

describe('an activity that fails', () => {
  it.each([
    {
      name: 'says why',
      thrown: new ActivityFailed('Nothing listens.'),
      last: 'ActivityFailed: Nothing listens.\n',
    },
    { name: 'may throw any error', thrown: new TypeError('no number'), last: 'ActivityFailed: no number\n' },
    { name: 'may throw what is no error', thrown: { a: 1 }, last: 'ActivityFailed: {"a":1}\n' },
  ])('$name, and the run goes on', async ({ thrown, last }) => {
    const driver = driverThat(() => {
      throw thrown
    })
    const { journal } = await play({ method: [asActivity, take('next')] }, { others: [driver] })
    expect(journal).toMatchObject({
      status: 'completed',
      run: [{ status: 'failed', output: null }, { status: 'succeeded' }],
    })
    expect(journal.run[0]?.exception?.at(-1)).toBe(last)
  })

  it('has wrong arguments', async () => {
    const { journal } = await play({
      method: [toy('probe', 'p', 'large', { value: 'x', other: 1 }), take('next')],
    })
    expect(journal.status).toBe('completed')
    expect(journal.run[0]?.exception?.at(-1)).toMatch(
      /^ActivityFailed: Arguments of 'p': value: .+; .*other.*\.\n$/,
    )
  })

  it('has arguments that are no object', async () => {
    const { journal } = await play({
      method: [{ ...take('a'), provider: { type: 'toy', func: 'answer', arguments: 'x' } }],
    })
    expect(journal.run[0]).toMatchObject({ status: 'succeeded', output: null })
  })

  it('has a schema that throws', async () => {
    const schema: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'odd',
        validate: () => {
          throw new Error('I give up')
        },
        jsonSchema: { input: () => ({}), output: () => ({}) },
      },
    }
    const { journal } = await play({ method: [asActivity] }, { others: [driverThat(() => 1, schema)] })
    expect(journal.run[0]).toMatchObject({
      status: 'failed',
      exception: [expect.anything(), expect.anything(), 'ActivityFailed: I give up\n'],
    })
  })
})

describe('an error that nobody foresaw ends the method', () => {
  it.each([
    {
      name: 'a provider that crashes',
      activity: crash('a'),
      reason: "'a' stopped on an unexpected error: boom",
    },
    {
      name: 'a type that nobody provides',
      activity: { ...take('a'), provider: { type: 'nobody' } },
      reason: "'a' stopped on an unexpected error: No installed driver provides 'nobody'",
    },
    {
      name: 'an activity that a driver has not',
      activity: toy('action', 'a', 'explode'),
      reason: "'a' stopped on an unexpected error: 'toy' has no activity 'explode' (toy)",
    },
    {
      name: 'no provider',
      activity: { type: 'action', name: 'a' },
      reason: "'a' stopped on an unexpected error: it has no provider",
    },
  ])('$name', async ({ activity, reason }) => {
    const { journal, exitCode } = await play({ method: [activity, take('next')], rollbacks: [take('r')] })
    expect(journal).toMatchObject({ status: 'aborted', reason, rollbacks: [{ status: 'succeeded' }] })
    expect(journal.run).toEqual([
      { activity, output: null, start: expect.any(String), end: expect.any(String), duration: 0 },
    ])
    expect(exitCode).toBe(1)
  })

  it('a provider that throws at once, before it promises anything', async () => {
    const driver = driverThat(() => {
      throw new RangeError('too far')
    })
    const { journal } = await play({ method: [asProvider] }, { others: [driver] })
    expect(journal).toMatchObject({
      status: 'aborted',
      reason: "'it' stopped on an unexpected error: too far",
    })
  })
})

describe('results that are not JSON fail the activity and name the driver', () => {
  it.each([
    { name: 'a function', result: () => 1, what: 'a function' },
    { name: 'a date', result: new Date(0), what: 'a Date' },
    { name: 'a number that is none', result: { load: Number.NaN }, what: 'NaN' },
    { name: 'a big integer', result: [1n], what: 'a bigint' },
    {
      name: 'a circle',
      result: ((circle: unknown[]) => circle.push(circle) && circle)([]),
      what: 'an object that contains itself',
    },
  ])('$name', async ({ result, what }) => {
    for (const activity of [asActivity, asProvider]) {
      const { journal } = await play(
        { method: [activity, take('next')] },
        { others: [driverThat(() => result)] },
      )
      expect(journal).toMatchObject({
        status: 'completed',
        run: [{ status: 'failed' }, { status: 'succeeded' }],
      })
      expect(journal.run[0]?.exception?.at(-1)).toBe(
        `ActivityFailed: 'it' (odd) answered with ${what}, which is not JSON.\n`,
      )
    }
  })

  it('nothing at all is null', async () => {
    const { journal } = await play(
      { method: [asActivity, asProvider] },
      { others: [driverThat(() => undefined)] },
    )
    expect(journal.run).toMatchObject([
      { status: 'succeeded', output: null },
      { status: 'succeeded', output: null },
    ])
  })

  it('what a driver does to its result later is not in the journal', async () => {
    const result = { list: [1] }
    const { journal } = await play(
      { method: [asActivity, take('a', 1)] },
      {
        others: [driverThat(() => result)],
        onEvent: (event) => event.type === 'activity-completed' && result.list.push(2),
      },
    )
    expect(journal.run[0]?.output).toEqual({ list: [1] })
  })
})

describe('what drivers say', () => {
  it('is an event that names the activity', async () => {
    const { events } = await play({ method: [toy('action', 'a', 'say', { words: 'hello' })] })
    expect(events.find(({ type }) => type === 'log')).toMatchObject({
      level: 'info',
      message: 'hello',
      activity: 'a',
      fields: { loud: true },
    })
  })

  it('is never a reason to fail', async () => {
    const driver = defineDriver({
      name: 'odd',
      contract: 1,
      summary: 'Talks.',
      activities: {
        it: defineProbe({
          summary: 'Talks oddly.',
          args: z.object({}),
          run: async (_args, { log }) => {
            log.warn(5n as never, { at: new Date(0) as never })
            return true
          },
        }),
      },
    })
    const { events, journal } = await play({ method: [asActivity] }, { others: [driver] })
    expect(journal.run[0]?.status).toBe('succeeded')
    expect(events.find(({ type }) => type === 'log')).toMatchObject({
      level: 'warning',
      message: '(bigint)',
      fields: { unreadable: 'a Date' },
    })
  })
})
