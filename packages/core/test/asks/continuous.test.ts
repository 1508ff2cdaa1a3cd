import { defineDriver } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/index.ts'
import { seededRandom } from '../../src/run/seeded-random.ts'
import { answer, hypothesisOf, play, take } from '../toy-experiment.ts'
import { VirtualClock } from '../virtual-clock.ts'

const during = { strategies: { hypothesis: 'during-method-only' } }

/** A clock whose timers are as late as those of a busy machine: up to 4 ms. */
class LateClock extends VirtualClock {
  readonly #random = seededRandom('late', 'timer', 0)

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return super.sleep(milliseconds + this.#random.next() * 4, signal)
  }
}

describe('checks stand on their grid', () => {
  it.each([
    { frequency: 0.1, checks: 50 },
    { frequency: 0.02, checks: 250 },
  ])(
    'every $frequency s over 5 s, though timers are late and checks take their time',
    async ({ frequency, checks }) => {
      const hypothesis = hypothesisOf(take('up', 0.005, { tolerance: 'up' }))
      const virtual = new LateClock()
      const { journal } = await play(
        { 'steady-state-hypothesis': hypothesis, method: [take('a', 4.99)] },
        { ...during, virtual, hypothesisFrequency: frequency },
      )
      const starts = journal.steady_states.during.map(({ probes }) => Date.parse(probes[0]?.start ?? ''))
      const offsets = starts.map((start) => (start - (starts[0] ?? 0)) % (frequency * 1000))
      expect(starts).toHaveLength(checks)
      expect(Math.max(...offsets)).toBeLessThan(5)
    },
  )
})

it.each(['SIGINT', 'SIGUSR2', 'a stop request', 'its maximum duration'] as const)(
  '%s between two checks: no other begins, and nothing is waited for',
  async (by) => {
    let run: Run | undefined
    const { journal, clock } = await play(
      { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)), method: [take('a', 100)] },
      {
        ...during,
        hypothesisFrequency: 30,
        onStart: (started) => {
          run = started
        },
        onEvent: (event) => {
          if (event.type === 'hypothesis-completed' && event.check === 2)
            setImmediate(() => run?.interrupt(by))
        },
      },
    )
    expect(journal.status).toBe('interrupted')
    expect(journal.steady_states.during).toHaveLength(2)
    expect(clock.monotonic()).toBe(30_000)
  },
)

it('a method that ends between two checks does not wait for the next', async () => {
  const parts = { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)), method: [take('a', 5)] }
  const { journal, clock } = await play(parts, { ...during, hypothesisFrequency: 60 })
  expect(journal.steady_states.during).toHaveLength(1)
  expect(clock.monotonic()).toBe(5000)
})

describe('what the probes need is loaded before their time begins', () => {
  const slowToLoad = (prepare: (clock: VirtualClock) => Promise<void>, clock: VirtualClock) =>
    defineDriver({
      name: 'heavy',
      contract: 1,
      summary: 'Takes its time to load.',
      providers: {
        heavy: {
          summary: 'Answers with 1.',
          schema: { type: 'object' },
          validate: async () => [],
          targets: async () => [],
          run: async () => 1,
          prepare: () => prepare(clock),
        },
      },
    })
  const heavy = { type: 'probe', name: 'up', tolerance: 1, provider: { type: 'heavy' } }
  const parts = { 'steady-state-hypothesis': hypothesisOf(heavy), method: [take('a', 0.99)] }

  it('so that the first check takes no longer than the others', async () => {
    const virtual = new VirtualClock()
    const others = [slowToLoad((clock) => clock.sleep(400), virtual)]
    const { journal } = await play(parts, { ...during, hypothesisFrequency: 0.1, virtual, others })
    expect(journal.steady_states.during).toHaveLength(10)
  })

  it('what goes wrong with that is for the check to tell', async () => {
    const virtual = new VirtualClock()
    const others = [slowToLoad(() => Promise.reject(new Error('no library')), virtual)]
    const { journal } = await play(parts, { ...during, virtual, others })
    expect(journal).toMatchObject({
      status: 'completed',
      steady_states: { during: [{ steady_state_met: true }] },
    })
  })

  it('an interruption does not wait for it', async () => {
    const virtual = new VirtualClock()
    let run: Run | undefined
    const others = [
      slowToLoad((clock) => {
        setImmediate(() => run?.interrupt('SIGINT'))
        return clock.sleep(60_000)
      }, virtual),
    ]
    const onStart = (started: Run): void => {
      run = started
    }
    const { journal, trace } = await play(parts, { ...during, virtual, others, onStart })
    expect(journal.status).toBe('interrupted')
    expect(trace).toEqual([])
    expect(virtual.monotonic()).toBeLessThanOrEqual(200)
  })
})
