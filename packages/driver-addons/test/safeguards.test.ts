import type { JsonObject, OpenControl, RunEvent } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { safeguards } from '../src/safeguards/safeguards.ts'
import { RememberingRun } from './control-context.ts'

const probe = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'probe',
  name,
  tolerance: true,
  provider: { type: 'toy' },
  ...more,
})
const declared = (args: JsonObject) => ({
  name: 's',
  provider: { type: 'addons', control: 'safeguards', arguments: args },
  isGlobal: false,
})
const never = () => new Promise<boolean>(() => undefined)

async function opened(
  run: RememberingRun,
  args: JsonObject,
): Promise<{ control: OpenControl; begin: () => Promise<void> | undefined }> {
  const control = await safeguards.open(declared(args), run.context)
  return { control, begin: () => control.hooks['before-experiment']?.(run.call(args)) }
}

describe('a safeguard that is looked at before the run', () => {
  it('lets it begin when all are within tolerance', async () => {
    const run = new RememberingRun()
    const { begin } = await opened(run, { probes: [probe('one'), probe('two')] })
    await begin()
    expect(run.probed.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(run.interrupts).toEqual([])
  })

  it('keeps it from beginning, whatever the others still wait for', async () => {
    const run = new RememberingRun()
    run.found['two'] = () => false
    run.found['three'] = never
    const { begin } = await opened(run, { probes: [probe('one'), probe('two'), probe('three')] })
    await expect(begin()).rejects.toMatchObject({
      code: 'SQUALL_CONTROL_INTERRUPTED',
      message: expect.stringContaining("the safeguard 'two' tripped: expected true, found false"),
    })
    expect(run.warnings).toEqual([
      expect.stringContaining("Safeguard 'two' triggered the end of the experiment"),
    ])
  })

  it('that cannot be told, or does not answer in time, counts as tripped', async () => {
    const run = new RememberingRun()
    run.found['broken'] = () => Promise.reject(new Error('no such program'))
    await expect((await opened(run, { probes: [probe('broken')] })).begin()).rejects.toThrow(
      'no such program',
    )
    run.found['slow'] = never
    const slow = { probes: [probe('slow', { max_duration: 0.02 })] }
    await expect((await opened(run, slow)).begin()).rejects.toThrow('it did not answer within 0.02 s')
  })

  it('keeps to its pauses', async () => {
    const run = new RememberingRun()
    const { begin } = await opened(run, { probes: [probe('one', { pauses: { before: 0.05, after: 0.05 } })] })
    const started = performance.now()
    await begin()
    expect(performance.now() - started).toBeGreaterThan(95)
    expect(run.probed).toEqual([probe('one')])
  })
})

describe('a safeguard beside the run', () => {
  it.each([
    { name: 'in the background', more: { background: true } },
    { name: 'again and again', more: { frequency: 60 } },
  ])('$name is looked at once at once, and does not hold it up', async ({ more }) => {
    const run = new RememberingRun()
    let trip: (met: boolean) => void = () => undefined
    run.found['beside'] = () => new Promise((resolve) => (trip = resolve))
    const { begin } = await opened(run, { probes: [probe('beside', more)] })
    await begin()
    expect(run.probed).toHaveLength(1)
    trip(false)
    await expect
      .poll(() => run.interrupts)
      .toEqual([{ how: 'graceful', reason: expect.stringContaining("'beside' tripped") }])
  })

  it('is looked at on a grid until one trips, and only the first one counts', async () => {
    const run = new RememberingRun()
    run.found['often'] = () => run.probed.length < 5
    run.found['too'] = () => run.interrupts.length === 0
    const { begin } = await opened(run, {
      probes: [probe('often', { frequency: 0.01 }), probe('too', { frequency: 0.01 })],
    })
    await begin()
    await expect.poll(() => run.interrupts.length).toBe(1)
    const looks = run.probed.length
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(run.interrupts).toHaveLength(1)
    expect(run.probed.length).toBeLessThanOrEqual(looks + 1)
  })

  it.each([
    {
      name: 'the run is over',
      end: (control: OpenControl, run: RememberingRun) => control.hooks['after-experiment']?.(run.call({})),
    },
    {
      name: 'it is on its way back',
      end: (control: OpenControl) => control.onEvent?.({ type: 'rollbacks-decided' } as RunEvent),
    },
  ])('ends nothing once $name', async ({ end }) => {
    const run = new RememberingRun()
    let trip: (met: boolean) => void = () => undefined
    run.found['beside'] = () => new Promise((resolve) => (trip = resolve))
    const { control, begin } = await opened(run, { probes: [probe('beside', { frequency: 0.01 })] })
    await begin()
    await end(control, run)
    trip(false)
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(run.interrupts).toEqual([])
    expect(run.probed).toHaveLength(1)
  })

  it('waits for the activity when it is told to, and leaves rollbacks alone', async () => {
    const run = new RememberingRun()
    run.found['beside'] = () => false
    const args = { probes: [probe('beside', { background: true })], interrupt_after_activity: true }
    const { control, begin } = await opened(run, args)
    await begin()
    await expect
      .poll(() => run.warnings)
      .toEqual([expect.stringContaining('once the current activity is over')])
    expect(run.interrupts).toEqual([])
    const after = () => control.hooks['after-activity']?.(run.call(args))
    await expect(after()).rejects.toMatchObject({ code: 'SQUALL_CONTROL_INTERRUPTED' })
    control.onEvent?.({ type: 'rollbacks-decided' } as RunEvent)
    await after()
  })
})

describe('background activities', () => {
  const started = { type: 'activity-started', id: 7, background: true } as RunEvent
  const completed = { type: 'activity-completed', id: 7 } as RunEvent

  async function tripped(args: JsonObject, ...events: RunEvent[]): Promise<RememberingRun> {
    const run = new RememberingRun()
    let trip: (met: boolean) => void = () => undefined
    run.found['beside'] = () => new Promise((resolve) => (trip = resolve))
    const { control, begin } = await opened(run, { probes: [probe('beside', { background: true })], ...args })
    await begin()
    for (const event of events) control.onEvent?.(event)
    trip(false)
    await expect.poll(() => run.interrupts.length).toBeGreaterThan(0)
    return run
  }

  it('are ended too', async () => {
    expect((await tripped({}, started)).interrupts).toMatchObject([
      {},
      { reason: expect.stringContaining('background activities end too') },
    ])
    expect((await tripped({}, started, completed)).interrupts).toHaveLength(1)
  })

  it('may have until a deadline', async () => {
    const run = await tripped({ deadline: 0.05 }, started)
    expect(run.interrupts).toHaveLength(1)
    await expect.poll(() => run.interrupts.length).toBe(2)
  })
})

it.each([
  { name: 'no probes', args: {}, path: 'probes' },
  { name: 'an empty list', args: { probes: [] }, path: 'probes' },
  {
    name: 'no tolerance',
    args: { probes: [{ ...probe('x'), tolerance: undefined }] },
    path: 'probes.0.tolerance',
  },
  { name: 'an action', args: { probes: [probe('x', { type: 'action' })] }, path: 'probes.0.type' },
  { name: 'a frequency of 0', args: { probes: [probe('x', { frequency: 0 })] }, path: 'probes.0.frequency' },
])('validation finds $name', async ({ args, path }) => {
  const problems = await safeguards.validate?.(declared(args as unknown as JsonObject), {
    directory: '.',
    options: {},
  })
  expect(problems).toEqual([{ message: expect.stringContaining(`Arguments of the control 's': ${path}: `) }])
})

it('validation leaves alone what is only known during the run', async () => {
  const args = { probes: [probe('x', { frequency: '${often}' })] }
  expect(await safeguards.validate?.(declared(args), { directory: '.', options: {} })).toEqual([])
})
