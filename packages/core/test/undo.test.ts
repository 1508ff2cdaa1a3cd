import { type ActivityContext, type Driver, defineAction, defineDriver } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Run } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { toyDriver } from './toy-driver.ts'
import { crash, harm, play, take } from './toy-experiment.ts'

describe('undo', () => {
  it('happens after the rollbacks, the newest first', async () => {
    const { trace, journal, exitCode } = await play({
      method: [harm('one'), harm('two'), harm('three', { background: true })],
      rollbacks: [take('r')],
    })
    expect(trace).toEqual([
      'break one',
      'break two',
      'break three',
      'start r',
      'end r',
      'mend three',
      'mend two',
      'mend one',
    ])
    expect(journal.undo).toEqual(
      ['three', 'two', 'one'].map((thing) => ({
        driver: 'toy',
        func: 'mend',
        arguments: { thing },
        activity: `harm ${thing}`,
        status: 'undone',
      })),
    )
    expect(exitCode).toBe(0)
  })

  it('also takes back what rollbacks did', async () => {
    const { trace } = await play({ method: [harm('one')], rollbacks: [harm('two')] })
    expect(trace).toEqual(['break one', 'break two', 'mend two', 'mend one'])
  })

  it('uses amended arguments', async () => {
    const { trace, journal } = await play({ method: [harm('lamp', {}, { amended: 'lamp of pid 7' })] })
    expect(trace).toEqual(['break lamp', 'mend lamp of pid 7'])
    expect(journal.undo).toMatchObject([{ arguments: { thing: 'lamp of pid 7' } }])
  })

  it('has an amendment in place that nobody waited for', async () => {
    const hasty = driverThat(async (undo) => {
      const registered = await undo('mend', { thing: 'lamp' })
      void registered.amend({ thing: 'one' })
      void registered.amend({ thing: 'two' })
    })
    const method = [{ type: 'action', name: 'a', provider: { type: 'careless', func: 'act' } }]
    const { journal } = await play({ method }, { others: [hasty] })
    expect(journal.undo).toMatchObject([{ status: 'undone', arguments: { thing: 'two' } }])
  })

  it('may find that it is not needed', async () => {
    const { journal, exitCode } = await play({ method: [harm('nothing')] })
    expect(journal.undo).toMatchObject([{ status: 'not needed' }])
    expect(exitCode).toBe(0)
  })

  it('that fails makes the exit code 1, and does not stop the others', async () => {
    const { trace, journal, exitCode } = await play({
      method: [harm('one'), harm('two', {}, { undo: 'mend_badly' })],
    })
    // It is tried four times before it is reported.
    const tries = ['try two', 'try two', 'try two', 'try two']
    expect(trace).toEqual(['break one', 'break two', ...tries, 'mend one'])
    expect(journal).toMatchObject({
      status: 'completed',
      undo: [{ status: 'failed', reason: 'two is beyond repair', func: 'mend_badly' }, { status: 'undone' }],
    })
    expect(exitCode).toBe(1)
  })

  it('that is amended with arguments it does not take keeps its first ones', async () => {
    const careless = driverThat(async (undo) => {
      const registered = await undo('mend', { thing: 'lamp' })
      await registered.amend({ wrong: 1 })
    })
    const method = [{ type: 'action', name: 'a', provider: { type: 'careless', func: 'act' } }]
    const { journal } = await play({ method }, { others: [careless] })
    expect(journal).toMatchObject({
      run: [{ status: 'failed' }],
      undo: [{ status: 'undone', arguments: { thing: 'lamp' } }],
    })
  })

  it.each([
    { name: 'the method was aborted', parts: { method: [harm('lamp'), crash('a')] } },
    { name: 'the activity failed after its harm', parts: { method: [harm('lamp', {}, { seconds: -1 })] } },
    { name: 'rollbacks crashed', parts: { method: [harm('lamp')], rollbacks: [crash('r')] } },
    {
      name: 'no rollbacks are played',
      parts: { method: [harm('lamp')], runtime: { rollbacks: { strategy: 'never' } } },
    },
  ])('happens when $name', async ({ parts }) => {
    const { trace } = await play(parts)
    expect(trace.at(-1)).toBe('mend lamp')
  })

  it('of an activity that is kept does not happen', async () => {
    const { trace, journal, events } = await play({
      method: [harm('lamp', { keep: true }, { amended: 'other' })],
    })
    expect(trace).toEqual(['break lamp'])
    expect(journal).not.toHaveProperty('undo')
    expect(eventLines(events)).toContain("info: 'harm lamp' keeps its effect: nothing will undo it.")
  })

  it('of an activity that keeps something else than `true` does', async () => {
    const { trace } = await play({ method: [harm('lamp', { keep: 'true' })] })
    expect(trace).toEqual(['break lamp', 'mend lamp'])
  })
})

describe('an undo that cannot be registered', () => {
  it.each([
    {
      name: 'because the driver has none of that name',
      undo: 'explode',
      reason: "The driver toy has no undo function 'explode'.",
    },
    {
      name: 'because every object inherits it',
      undo: 'constructor',
      reason: "The driver toy has no undo function 'constructor'.",
    },
  ])('fails the activity before its harm $name', async ({ undo, reason }) => {
    const { trace, journal } = await play({ method: [harm('lamp', {}, { undo }), take('next')] })
    expect(trace).toEqual(['start next', 'end next'])
    expect(journal.run[0]?.exception?.at(-1)).toBe(`ActivityFailed: ${reason}\n`)
  })

  it.each([
    { name: 'are not JSON', args: { thing: new Date(0) }, says: "Arguments of 'mend': a Date is not JSON." },
    { name: 'are not those it takes', args: { wrong: 1 }, says: "Arguments of 'mend': thing: " },
  ])('fails the activity before its harm because its arguments $name', async ({ args, says }) => {
    const harmed: string[] = []
    const careless = driverThat(async (undo) => {
      await undo('mend', args as never)
      harmed.push('harmed')
    })
    const method = [{ type: 'action', name: 'a', provider: { type: 'careless', func: 'act' } }]
    const { journal } = await play({ method }, { others: [careless] })
    expect(harmed).toEqual([])
    expect(journal).not.toHaveProperty('undo')
    expect(journal.run[0]?.exception?.at(-1)).toContain(says)
  })
})

describe('a driver that was left behind', () => {
  it('registers nothing more, so that it does no harm that nobody undoes', async () => {
    const told: unknown[] = []
    const deaf = driverThat(async (undo, clock) => {
      await clock.sleep(5000)
      await undo('mend', { thing: 'late' }).catch((error: unknown) => told.push(error))
    })
    const { journal, clock } = await play(
      { method: [{ type: 'action', name: 'deaf', provider: { type: 'careless', func: 'act' } }] },
      { others: [deaf], onStart: (run) => setImmediate(() => run.interrupt('SIGINT')) },
    )
    await clock.passUntil(clock.sleep(10_000))
    expect(told).toMatchObject([{ code: 'SQUALL_RUN_INTERRUPTED' }])
    expect(journal).not.toHaveProperty('undo')
  })

  it('that asks once the run is over is refused', async () => {
    const told: unknown[] = []
    const leaky = driverThat(async (undo, clock) => {
      void clock
        .sleep(5000)
        .then(() => undo('mend', { thing: 'late' }).catch((error: unknown) => told.push(error)))
    })
    const { events, clock } = await play(
      { method: [{ type: 'action', name: 'leaky', provider: { type: 'careless', func: 'act' } }] },
      { others: [leaky] },
    )
    const before = events.length
    await clock.passUntil(clock.sleep(10_000))
    expect(told).toMatchObject([
      { code: 'SQUALL_UNDO_NOT_RECORDED', message: expect.stringContaining('the run is over') },
    ])
    expect(events).toHaveLength(before)
  })
})

describe('an undo that hangs', () => {
  it('is given up after two interruptions; the others still happen', async () => {
    const toys = toyDriver()
    const pressTwice = (run: Run): void => {
      if (!toys.trace.includes('try two')) return void setImmediate(() => pressTwice(run))
      run.interrupt('SIGINT')
      run.interrupt('SIGINT')
    }
    const { trace, journal, exitCode } = await play(
      { method: [harm('one'), harm('two', {}, { undo: 'mend_never' }), harm('three')] },
      { toys, onStart: pressTwice },
    )
    expect(trace).toEqual(['break one', 'break two', 'break three', 'mend three', 'try two', 'mend one'])
    expect(journal.undo).toMatchObject([
      { status: 'undone' },
      { status: 'failed', reason: 'The run was interrupted: SIGINT' },
      { status: 'undone' },
    ])
    expect(exitCode).toBe(1)
  })

  it('is not given up after one', async () => {
    let run: Run | undefined
    const { trace, journal, exitCode } = await play(
      { method: ['one', 'two', 'three', 'four'].map((thing) => harm(thing, {}, { undo: 'mend_slowly' })) },
      {
        onStart: (started) => {
          run = started
        },
        onEvent: ({ type }) => type === 'undo-completed' && run?.interrupt('SIGINT'),
      },
    )
    expect(trace.slice(4)).toEqual(['mend four', 'mend three', 'mend two', 'mend one'])
    expect(journal.status).toBe('completed')
    expect(journal.undo?.map(({ status }) => status)).toEqual(['undone', 'undone', 'undone', 'undone'])
    expect(exitCode).toBe(0)
  })
})

type Act = (
  undo: ActivityContext['undo'],
  clock: { sleep(milliseconds: number): Promise<void> },
) => Promise<void>

/** A driver whose only action does `act`. */
function driverThat(act: Act): Driver {
  return defineDriver({
    name: 'careless',
    contract: 1,
    summary: 'Does not listen.',
    activities: {
      act: defineAction({
        summary: 'Acts.',
        args: z.object({}),
        undoneBy: ['mend'],
        targets: async () => [],
        run: async (_args, { undo, clock }) => {
          await act(undo, clock)
          return null
        },
      }),
    },
    undo: {
      mend: {
        summary: 'Mends.',
        args: z.object({ thing: z.string() }),
        run: async () => 'undone',
      },
    },
  })
}
