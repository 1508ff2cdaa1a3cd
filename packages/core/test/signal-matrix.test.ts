import { type HookName, isObject, type RunEvent } from '@squall/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { foldJournal, type InterruptedBy, type Run } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { type Deed, hookNames, toyControl, toyControls } from './toy-controls.ts'
import { harm, hypothesisOf, type LooseExperiment, type PlayOptions, play, take } from './toy-experiment.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const
type Requests = readonly InterruptedBy[]
const once = signals.map((by): Requests => [by])
const twice = signals.map((by): Requests => [by, by])
const matrix = [...once, ...twice].map((requests) => ({ name: requests.join(' and '), requests }))

/** Whether nothing is waited for any more: after a second signal, or SIGUSR2. */
const endsAll = (requests: Requests): boolean => requests.length > 1 || requests.includes('SIGUSR2')

interface Interrupted {
  /** The line of the report at which the signals come. */
  readonly at: string
  readonly requests: Requests
  readonly parts: LooseExperiment
  readonly options?: PlayOptions
}

/** Plays with signals that come one after the other, when the process has nothing else to do. */
async function interrupted({ at, requests, parts, options = {} }: Interrupted) {
  let run: Run | undefined
  let isDone = false
  const seen: RunEvent[] = []
  const played = await play(parts, {
    ...options,
    onStart: (started) => {
      run = started
    },
    onEvent: (event) => {
      seen.push(event)
      if (isDone || eventLines(seen).at(-1) !== at) return
      isDone = true
      send(requests, () => run)
    },
  })
  expect(isDone).toBe(true)
  expect(foldJournal(JSON.parse(JSON.stringify(played.events)))).toEqual(
    JSON.parse(JSON.stringify(played.journal)),
  )
  return { ...played, seconds: played.clock.monotonic() / 1000 }
}

function send([first, ...rest]: Requests, run: () => Run | undefined): void {
  setImmediate(() => {
    if (first) run()?.interrupt(first)
    if (rest.length > 0) send(rest, run)
  })
}

const slow = hypothesisOf(take('check', 10, { tolerance: 'check' }))
const always = { strategies: { rollbacks: 'always' } }
const before = { strategies: { hypothesis: 'before-method-only' } }
const after = { strategies: { hypothesis: 'after-method-only' } }
const during = { strategies: { hypothesis: 'during-method-only' } }
const long = take('long', 10, { background: true })

describe.each(matrix)('$name', ({ requests }) => {
  const [by] = requests
  const reason = `The run was interrupted: ${by}`

  it.each([
    {
      phase: 'the check before',
      at: 'before: start check',
      parts: { 'steady-state-hypothesis': slow },
      options: before,
    },
    {
      phase: 'the check after',
      at: 'after: start check',
      parts: { 'steady-state-hypothesis': slow },
      options: after,
    },
    {
      phase: 'a foreground activity',
      at: 'method: start a',
      parts: { method: [take('a', 10)] },
      options: {},
    },
    {
      phase: 'a pause',
      at: 'pause 60 s before a',
      parts: { method: [take('a', 0, { pauses: { before: 60 } })] },
      options: {},
    },
  ])(
    'in $phase ends it at once; what was done is undone, rollbacks wait for another strategy',
    async ({ at, parts, options }) => {
      const whole = { ...parts, method: [harm('lamp'), ...(parts.method ?? [])], rollbacks: [take('r')] }
      const { journal, exitCode, seconds, trace } = await interrupted({ at, requests, parts: whole, options })
      expect({ status: journal.status, exitCode, seconds }).toEqual({
        status: 'interrupted',
        exitCode: 1,
        seconds: 0,
      })
      expect(journal.rollbacks).toEqual([])
      expect(trace.filter((line) => line.startsWith('break')).length).toBe(
        trace.filter((line) => line.startsWith('mend')).length,
      )
    },
  )

  it('with the strategy always plays rollbacks, unless one is SIGUSR2', async () => {
    const parts = { method: [take('a', 10)], rollbacks: [take('r')] }
    const { journal } = await interrupted({ at: 'method: start a', requests, parts, options: always })
    expect(journal).toMatchObject({ status: 'interrupted', reason })
    expect(journal.rollbacks).toHaveLength(requests.includes('SIGUSR2') ? 0 : 1)
  })

  it('in a foreground activity beside background work', async () => {
    const parts = { method: [long, take('a', 20)] }
    const { journal, seconds } = await interrupted({ at: 'method: start a', requests, parts })
    expect(seconds).toBe(endsAll(requests) ? 0 : 10)
    expect(journal.run.map(({ status }) => status)).toEqual([
      endsAll(requests) ? undefined : 'succeeded',
      undefined,
    ])
    expect(journal).toMatchObject({ status: 'interrupted', reason })
  })

  it('while background work is awaited', async () => {
    const parts = { method: [long, take('a', 1)] }
    const { journal, seconds } = await interrupted({ at: 'end a: succeeded', requests, parts })
    expect(seconds).toBe(endsAll(requests) ? 1 : 10)
    expect(journal.run.map(({ status }) => status)).toEqual([
      endsAll(requests) ? undefined : 'succeeded',
      'succeeded',
    ])
    expect(journal).toMatchObject({ status: 'interrupted', reason })
  })

  it('in the continuous check', async () => {
    const parts = { 'steady-state-hypothesis': slow, method: [take('a', 20)] }
    const { journal, seconds } = await interrupted({
      at: 'during: start check',
      requests,
      parts,
      options: during,
    })
    expect(seconds).toBe(endsAll(requests) ? 0 : 10)
    const met = endsAll(requests) ? null : true
    expect(journal).toMatchObject({
      status: 'interrupted',
      steady_states: { during: [{ steady_state_met: met }] },
    })
  })

  it('in the rollbacks stops the remaining ones', async () => {
    const parts = { method: [], rollbacks: [long, take('r1', 20), take('r2')] }
    const { journal, seconds } = await interrupted({ at: 'rollbacks: start r1', requests, parts })
    expect(seconds).toBe(endsAll(requests) ? 0 : 10)
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [{}, { output: null }] })
    expect(journal.rollbacks).toHaveLength(2)
  })

  it('while something is undone gives up only what hangs', async () => {
    const method = [harm('slow', {}, { undo: 'mend_slowly' })]
    const { journal, trace } = await interrupted({
      at: 'rollbacks-completed',
      requests,
      parts: { method, rollbacks: [] },
    })
    const isGivenUp = endsAll(requests)
    expect(journal).toMatchObject({
      status: 'completed',
      undo: [{ status: isGivenUp ? 'failed' : 'undone' }],
    })
    expect(trace.includes('mend slow')).toBe(!isGivenUp)
  })
})

describe.each(matrix)('$name in a hook', ({ requests }) => {
  const called = hookNames.filter((hook) => !hook.endsWith('-loader'))
  const parts = {
    controls: [toyControl('slow')],
    'steady-state-hypothesis': hypothesisOf(take('check', 0, { tolerance: 'check' })),
    method: [take('a')],
    rollbacks: [take('r')],
  }

  /** The first call of one hook takes ten seconds, unless it is told to end; the signals come meanwhile. */
  async function interruptedIn(hook: HookName) {
    let run: Run | undefined
    let isDone = false
    const toys = toyControls()
    const deed: Deed = async ({ signal }, { clock }) => {
      if (isDone) return
      isDone = true
      send(requests, () => run)
      await clock.sleep(10_000, signal)
    }
    toys.control('slow', { [hook]: deed })
    const played = await play(parts, {
      others: [toys.driver],
      onStart: (started) => {
        run = started
      },
    })
    expect(isDone).toBe(true)
    return { ...played, seconds: played.clock.monotonic() / 1000 }
  }

  // Code that is loaded when it is first needed takes real time, and virtual time would pass meanwhile.
  beforeAll(async () => {
    await interruptedIn('before-experiment')
  })

  it.each(called.filter((hook) => hook.startsWith('before')))('%s ends it at once', async (hook) => {
    const { journal, seconds, exitCode } = await interruptedIn(hook)
    expect({ seconds, status: journal.status, exitCode }).toEqual({
      seconds: 0,
      status: 'interrupted',
      exitCode: 1,
    })
    expect(journal.rollbacks).toEqual([])
  })

  it.each(called.filter((hook) => hook.startsWith('after') && hook !== 'after-experiment'))(
    '%s is awaited after the first and ended by the second',
    async (hook) => {
      const { journal, seconds } = await interruptedIn(hook)
      expect(seconds).toBe(endsAll(requests) ? 0 : 10)
      expect(journal.status).toBe('interrupted')
    },
  )

  it('after-experiment ends it at once; how the run ended stays', async () => {
    const { journal, seconds, exitCode } = await interruptedIn('after-experiment')
    expect({ seconds, status: journal.status, exitCode }).toEqual({
      seconds: 0,
      status: 'completed',
      exitCode: 0,
    })
    expect(journal['control-failures']?.map(({ hook }) => hook)).toEqual(['after-experiment'])
  })

  it.each(['configure', 'cleanup'] as const)('%s that hangs does not hold up the run', async (step) => {
    let run: Run | undefined
    const toys = toyControls()
    toys.control(
      'slow',
      {},
      {
        [step]: () => {
          send(requests, () => run)
          return new Promise<never>(() => {})
        },
      },
    )
    const { journal, clock } = await play(parts, {
      others: [toys.driver],
      onStart: (started) => {
        run = started
      },
    })
    expect(clock.monotonic()).toBeLessThanOrEqual(200)
    expect(journal.status).toBe(step === 'configure' ? 'interrupted' : 'completed')
    expect(isObject(journal['control-failures']?.[0]) && journal['control-failures'][0].hook).toBe(step)
  })
})
