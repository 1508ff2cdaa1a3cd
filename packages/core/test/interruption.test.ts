import { ActivityFailed, type Driver, type ProviderType, type RunEvent } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { DriverRegistry, driverObjects, type InterruptedBy, type Run } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import {
  answer,
  crash,
  harm,
  hypothesisOf,
  type LooseExperiment,
  type Played,
  play,
  take,
  toy,
} from './toy-experiment.ts'
import { VirtualClock } from './virtual-clock.ts'

const graceful = ['SIGINT', 'SIGTERM', 'SIGUSR1', 'abort'] as const
const all = [...graceful, 'SIGUSR2'] as const

/** Interrupts when a line of the report appears: once per request, each at its own line. */
interface Requests {
  readonly [line: string]: InterruptedBy
}

interface Interrupted extends Played {
  readonly lines: string[]
}

async function playInterrupted(
  parts: LooseExperiment,
  requests: Requests,
  more: object = {},
): Promise<Interrupted> {
  let run: Run | undefined
  const seen: RunEvent[] = []
  const finished = await play(parts, {
    ...more,
    onStart: (started) => {
      run = started
    },
    onEvent: (event) => {
      seen.push(event)
      const line = eventLines(seen).at(-1) ?? ''
      const by = Object.hasOwn(requests, line) ? requests[line] : undefined
      // A signal comes when the process has nothing else to do.
      if (by) setImmediate(() => run?.interrupt(by))
    },
  })
  return { ...finished, lines: eventLines(finished.events) }
}

/** The same, with a signal that comes in the very moment of the line. */
async function playAtOnce(parts: LooseExperiment, requests: Requests): Promise<Interrupted> {
  let run: Run | undefined
  const seen: RunEvent[] = []
  const finished = await play(parts, {
    onStart: (started) => {
      run = started
    },
    onEvent: (event) => {
      seen.push(event)
      const by = requests[eventLines(seen).at(-1) ?? '']
      if (by) run?.interrupt(by)
    },
  })
  return { ...finished, lines: eventLines(finished.events) }
}

const slowProbe = hypothesisOf(take('check', 10, { tolerance: 'check' }))
const always = { strategies: { rollbacks: 'always' } }

describe('during the check before the method', () => {
  it.each(all)('%s ends it; the partial state is not in the journal', async (by) => {
    const { journal, trace, lines, exitCode, clock } = await playInterrupted(
      { 'steady-state-hypothesis': slowProbe, method: [take('a')], rollbacks: [take('r')] },
      { 'before: start check': by },
    )
    expect(journal).toMatchObject({
      status: 'interrupted',
      reason: `The run was interrupted: ${by}`,
      steady_states: { before: null, after: null },
      run: [],
      rollbacks: [],
    })
    expect(trace).toEqual(['start check', 'stop check'])
    expect(lines).toContain(`interrupted by ${by}`)
    expect(clock.monotonic()).toBe(0)
    expect(exitCode).toBe(1)
  })
})

describe('during a foreground activity of the method', () => {
  const parts = {
    'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)),
    method: [take('a', 10, { pauses: { after: 5 } }), take('b')],
    rollbacks: [take('r')],
  }

  it.each(all)('%s ends it at once: no status, no pause, no check after, no rollbacks', async (by) => {
    const { journal, trace, clock } = await playInterrupted(parts, { 'method: start a': by })
    expect(trace).toEqual(['start a', 'stop a'])
    expect(journal).toMatchObject({
      status: 'interrupted',
      deviated: false,
      steady_states: { after: null },
      rollbacks: [],
    })
    expect(journal.run).toEqual([
      {
        activity: expect.anything(),
        output: null,
        start: expect.any(String),
        end: expect.any(String),
        duration: 0,
      },
    ])
    expect(clock.monotonic()).toBe(0)
  })

  it.each(graceful)('%s still plays rollbacks with the strategy `always`', async (by) => {
    const { trace } = await playInterrupted(parts, { 'method: start a': by }, always)
    expect(trace).toEqual(['start a', 'stop a', 'start r', 'end r'])
  })

  it('SIGUSR2 plays none whatever the strategy', async () => {
    const { trace, journal } = await playInterrupted(parts, { 'method: start a': 'SIGUSR2' }, always)
    expect(trace).toEqual(['start a', 'stop a'])
    expect(journal.rollbacks).toEqual([])
  })

  it('a pause is ended too', async () => {
    const method = [take('a', 0, { pauses: { before: 60 } })]
    const { journal, clock } = await playInterrupted({ method }, { 'pause 60 s before a': 'SIGTERM' })
    expect(journal).toMatchObject({ status: 'interrupted', run: [] })
    expect(clock.monotonic()).toBe(0)
  })

  it('a driver that does not listen is left behind after 100 ms', async () => {
    const deaf = toy('action', 'deaf', 'refuse_to_stop', { name: 'deaf', seconds: 5 })
    const { journal, trace, clock } = await playInterrupted(
      { method: [deaf, take('b')] },
      { 'method: start deaf': 'SIGINT' },
    )
    expect(trace).toEqual(['start deaf'])
    expect(journal).toMatchObject({ status: 'interrupted', run: [{ output: null, duration: 0.1 }] })
    expect(clock.monotonic()).toBe(100)
  })

  it('what a driver answers within the 100 ms counts', async () => {
    const brief = toy('action', 'brief', 'refuse_to_stop', { name: 'brief', seconds: 0.05 })
    const { journal } = await playInterrupted(
      { method: [brief, take('b')] },
      { 'method: start brief': 'SIGINT' },
    )
    expect(journal).toMatchObject({ status: 'interrupted', run: [{ status: 'succeeded', output: 'brief' }] })
  })
})

describe('while background work is awaited', () => {
  const parts = {
    'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)),
    method: [take('long', 10, { background: true }), take('a', 1)],
    rollbacks: [take('r')],
  }

  it.each(graceful)('%s lets it finish and then interrupts', async (by) => {
    const { journal, trace, clock } = await playInterrupted(parts, { 'end a: succeeded': by })
    expect(trace).toEqual(['start long', 'start a', 'end a', 'end long'])
    expect(journal).toMatchObject({
      status: 'interrupted',
      run: [{ status: 'succeeded' }, { status: 'succeeded' }],
    })
    expect(clock.monotonic()).toBe(10_000)
  })

  it('one that is already under way goes on after the foreground was ended', async () => {
    const { trace, clock } = await playInterrupted(parts, { 'method: start a': 'SIGINT' })
    expect(trace).toEqual(['start long', 'start a', 'stop a', 'end long'])
    expect(clock.monotonic()).toBe(10_000)
  })

  it.each(all)('%s as a second signal ends it', async (by) => {
    const { journal, trace, clock } = await playInterrupted(parts, {
      'method: start a': 'SIGINT',
      'interrupted by SIGINT': by,
    })
    expect(trace).toEqual(['start long', 'start a', 'stop a', 'stop long'])
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [] })
    expect(journal.run.map(({ status }) => status)).toEqual([undefined, undefined])
    expect(clock.monotonic()).toBe(0)
  })

  it('SIGUSR2 ends it at once', async () => {
    const { trace, clock, lines } = await playInterrupted(parts, { 'end a: succeeded': 'SIGUSR2' })
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([])
    expect(trace).toEqual(['start long', 'start a', 'end a', 'stop long'])
    expect(clock.monotonic()).toBe(1000)
  })

  it('a driver that does not listen is left behind', async () => {
    const deaf = toy('action', 'deaf', 'refuse_to_stop', { name: 'deaf', seconds: 50 }, { background: true })
    const { journal, clock } = await playInterrupted(
      { method: [deaf] },
      { 'method: start deaf in background': 'SIGUSR2' },
    )
    expect(journal.status).toBe('interrupted')
    expect(clock.monotonic()).toBe(100)
  })

  it('rollbacks are played with the strategy `always`, also after two signals', async () => {
    const { trace, journal } = await playInterrupted(
      parts,
      { 'method: start a': 'SIGINT', 'interrupted by SIGINT': 'SIGTERM' },
      always,
    )
    expect(trace.slice(-2)).toEqual(['start r', 'end r'])
    expect(journal.rollbacks).toMatchObject([{ status: 'succeeded' }])
  })
})

describe('during the continuous check', () => {
  const options = { strategies: { hypothesis: 'during-method-only' } }

  it.each(graceful)('%s interrupts the run, and the current check is finished', async (by) => {
    const parts = {
      'steady-state-hypothesis': hypothesisOf(take('check', 3, { tolerance: 'check' })),
      method: [take('a', 10)],
    }
    const { journal, trace } = await playInterrupted(parts, { 'during: start check': by }, options)
    expect(trace).toEqual(['start check', 'start a', 'stop a', 'end check'])
    expect(journal).toMatchObject({
      status: 'interrupted',
      steady_states: { during: [{ steady_state_met: true }] },
    })
  })

  it('SIGUSR2 ends the current check', async () => {
    const parts = {
      'steady-state-hypothesis': hypothesisOf(take('check', 3, { tolerance: 'check' })),
      method: [take('a', 10)],
    }
    const { journal, trace } = await playInterrupted(parts, { 'during: start check': 'SIGUSR2' }, options)
    expect(trace).toEqual(expect.arrayContaining(['stop a', 'stop check']))
    expect(journal).toMatchObject({
      status: 'interrupted',
      steady_states: { during: [{ steady_state_met: null }] },
    })
  })

  it('a signal that comes when only the last check is left counts too', async () => {
    const parts = { 'steady-state-hypothesis': slowProbe, method: [take('a', 1)], rollbacks: [take('r')] }
    const { journal } = await playInterrupted(parts, { 'method-completed': 'SIGINT' }, options)
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [] })
  })
})

describe('during the check after the method', () => {
  it.each(all)('%s ends it; the partial state is not in the journal', async (by) => {
    const parts = { 'steady-state-hypothesis': slowProbe, method: [take('a')], rollbacks: [take('r')] }
    const { journal } = await playInterrupted(
      parts,
      { 'after: start check': by },
      { strategies: { hypothesis: 'after-method-only' } },
    )
    expect(journal).toMatchObject({
      status: 'interrupted',
      deviated: false,
      steady_states: { after: null },
      rollbacks: [],
    })
  })

  it('a probe of a tolerance that does not listen is left behind', async () => {
    const deaf = { type: 'probe', name: 'deaf', provider: { type: 'deaf', arguments: {} } }
    const parts = { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, deaf as never)) }
    const { journal, clock } = await playInterrupted(
      parts,
      { 'end up: succeeded': 'SIGINT' },
      { others: [deafDriver()] },
    )
    expect(journal).toMatchObject({ status: 'interrupted', steady_states: { before: null } })
    expect(clock.monotonic()).toBe(100)
  })
})

describe('during the rollbacks', () => {
  const parts = { method: [take('a')], rollbacks: [take('r1'), take('r2', 10), take('r3')] }

  it.each(all)('%s stops the remaining ones; what was played stays in the journal', async (by) => {
    const { journal, trace, exitCode } = await playInterrupted(parts, { 'rollbacks: start r2': by })
    expect(trace).toEqual(['start a', 'end a', 'start r1', 'end r1', 'start r2', 'stop r2'])
    expect(journal).toMatchObject({
      status: 'interrupted',
      rollbacks: [{ status: 'succeeded' }, { output: null }],
    })
    expect(exitCode).toBe(1)
  })

  it('a signal before the run reached them does not touch them', async () => {
    const { trace, journal } = await playInterrupted(
      { method: [take('a', 10)], rollbacks: [take('r1', 1), take('r2', 1)] },
      { 'method: start a': 'SIGINT' },
      always,
    )
    expect(trace).toEqual(['start a', 'stop a', 'start r1', 'end r1', 'start r2', 'end r2'])
    expect(journal.status).toBe('interrupted')
  })

  it('a signal at the moment they begin stops them all', async () => {
    let run: Run | undefined
    const { journal } = await play(parts, {
      onStart: (started) => {
        run = started
      },
      onEvent: ({ type }) => type === 'rollbacks-decided' && run?.interrupt('SIGINT'),
    })
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [] })
  })

  it('background ones are awaited after one signal and ended by two', async () => {
    const background = { rollbacks: [take('long', 10, { background: true }), take('r', 1)] }
    const once = await playInterrupted(background, { 'rollbacks: start r': 'SIGINT' })
    expect(once.trace).toEqual(['start long', 'start r', 'stop r', 'end long'])
    const twice = await playInterrupted(background, {
      'rollbacks: start r': 'SIGINT',
      'interrupted by SIGINT': 'SIGTERM',
    })
    expect(twice.trace).toEqual(['start long', 'start r', 'stop r', 'stop long'])
    expect(twice.journal.status).toBe('interrupted')
  })

  it('a signal during the method does not count as the first one', async () => {
    const { trace } = await playInterrupted(
      { method: [take('a', 10)], rollbacks: [take('long', 10, { background: true }), take('r', 10)] },
      { 'method: start a': 'SIGINT', 'rollbacks: start r': 'SIGINT' },
      always,
    )
    expect(trace).toEqual(['start a', 'stop a', 'start long', 'start r', 'stop r', 'end long'])
  })

  it('of an aborted run the interruption has the last word', async () => {
    const { journal } = await playInterrupted(
      { method: [crash('a')], rollbacks: [take('r', 10)] },
      { 'rollbacks: start r': 'SIGINT' },
    )
    expect(journal.status).toBe('interrupted')
  })
})

describe('a driver that calls its abort a failure', () => {
  const sulky = { type: 'probe', name: 'sulky', provider: { type: 'sulky' } }

  it('was cut short all the same', async () => {
    const { journal } = await playInterrupted(
      { method: [sulky] },
      { 'method: start sulky': 'SIGINT' },
      { others: [sulkyDriver()] },
    )
    expect(journal.status).toBe('interrupted')
    expect(journal.run[0]).not.toHaveProperty('status')
  })

  it('judges nothing as a probe of a tolerance', async () => {
    const parts = { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, sulky as never)) }
    const { journal, lines } = await playInterrupted(
      parts,
      { 'end up: succeeded': 'SIGINT' },
      { others: [sulkyDriver()] },
    )
    expect(lines).not.toContain('up is not met')
    expect(journal).toMatchObject({ status: 'interrupted', steady_states: { before: null } })
  })
})

describe('at other moments', () => {
  it('before the run: nothing is played', async () => {
    const controller = new AbortController()
    controller.abort()
    const { journal, trace, events } = await play(
      { method: [take('a')], rollbacks: [take('r')] },
      { signal: controller.signal },
    )
    expect(trace).toEqual([])
    expect(journal).toMatchObject({
      status: 'interrupted',
      reason: 'The run was interrupted: abort',
      run: [],
    })
    expect(eventLines(events)).toEqual([
      'run-started',
      'interrupted by abort',
      'status interrupted',
      'rollbacks: no',
      'run interrupted',
    ])
  })

  it('an AbortSignal is the first SIGINT, not a second one', async () => {
    const controller = new AbortController()
    const parts = { method: [take('long', 10, { background: true }), take('a', 10)] }
    const { trace } = await play(parts, {
      signal: controller.signal,
      onStart: () => setImmediate(() => controller.abort()),
    })
    expect(trace).toEqual(['start long', 'start a', 'stop a', 'end long'])
  })

  it('between two activities', async () => {
    let run: Run | undefined
    const { journal, trace } = await play(
      { method: [take('a'), take('b')] },
      {
        onStart: (started) => {
          run = started
        },
        onEvent: ({ type }) => type === 'activity-completed' && run?.interrupt('SIGTERM'),
      },
    )
    expect(trace).toEqual(['start a', 'end a'])
    expect(journal).toMatchObject({ status: 'interrupted', run: [{ status: 'succeeded' }] })
  })

  it('between two probes of a check: the second one does not begin', async () => {
    const probes = hypothesisOf(answer('one', 1, 1), answer('two', 1, 1))
    const { lines } = await playAtOnce({ 'steady-state-hypothesis': probes }, { 'one is met': 'SIGINT' })
    expect(lines).not.toContain('before: start two')
    expect(lines).toContain('run interrupted')
  })

  it('between two rollbacks: one in the background does not begin either', async () => {
    const rollbacks = [take('r1'), take('r2', 1, { background: true })]
    const { trace, journal } = await playAtOnce({ rollbacks }, { 'end r1: succeeded': 'SIGTERM' })
    expect(trace).toEqual(['start r1', 'end r1'])
    expect(journal.status).toBe('interrupted')
  })

  it('while an undo is written down: the harm is not done', async () => {
    const { trace, journal } = await playAtOnce({ method: [harm('lamp')] }, { 'undo-registered': 'SIGINT' })
    expect(trace).toEqual(['mend lamp'])
    expect(journal).toMatchObject({ status: 'interrupted', undo: [{ status: 'undone' }] })
  })

  it('while a driver is loaded: it is not called', async () => {
    const clock = new VirtualClock()
    const called: string[] = []
    const [slow] = driverObjects([deafDriver(() => called.push('called'))])
    if (!slow) throw new Error('There is no driver.')
    const load = () => clock.sleep(0.05).then(slow.load)
    const { journal } = await play(
      { method: [{ type: 'action', name: 'a', provider: { type: 'deaf' } }] },
      {
        virtual: clock,
        drivers: new DriverRegistry([{ ...slow, load }]),
        onStart: (run) => setImmediate(() => run.interrupt('SIGINT')),
      },
    )
    expect(called).toEqual([])
    expect(journal).toMatchObject({ status: 'interrupted', run: [{ output: null }] })
  })

  it('while a driver is loaded that never gets done', async () => {
    const [stuck] = driverObjects([deafDriver()])
    if (!stuck) throw new Error('There is no driver.')
    const { journal, clock } = await play(
      { method: [{ type: 'action', name: 'a', provider: { type: 'deaf' } }] },
      {
        drivers: new DriverRegistry([{ ...stuck, load: () => new Promise(() => {}) }]),
        onStart: (run) => setImmediate(() => run.interrupt('SIGINT')),
      },
    )
    expect(journal.status).toBe('interrupted')
    expect(clock.monotonic()).toBe(100)
  })

  it('after the run: nothing happens', async () => {
    let run: Run | undefined
    const finished = await play(
      { method: [take('a')] },
      {
        onStart: (started) => {
          run = started
        },
      },
    )
    const before = [...finished.events]
    run?.interrupt('SIGINT')
    expect(finished.events).toEqual(before)
    expect(finished.journal.status).toBe('completed')
  })

  it('an interruption is no reason to lose an undo', async () => {
    const { trace, journal } = await playInterrupted(
      { method: [harm('lamp', {}, { seconds: 10 })] },
      { 'undo-registered': 'SIGUSR2' },
    )
    expect(trace).toEqual(['break lamp', 'stop lamp', 'mend lamp'])
    expect(journal.undo).toMatchObject([{ status: 'undone' }])
  })
})

/** Its provider never answers. */
function deafDriver(called: () => void = () => undefined): Driver {
  return driverWith('deaf', () => {
    called()
    return new Promise(() => {})
  })
}

/** Its provider fails when it is told to end. */
function sulkyDriver(): Driver {
  return driverWith('sulky', async (_call, { signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    throw new ActivityFailed('I was not done.')
  })
}

function driverWith(name: string, run: ProviderType['run']): Driver {
  const provider = { summary: '', schema: {}, validate: async () => [], run, targets: async () => [] }
  return { name, contract: 1, summary: '', providers: { [name]: provider } }
}
