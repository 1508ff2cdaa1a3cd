import { expect, it } from 'vitest'
import { foldJournal, type InterruptedBy, type Run } from '../../src/index.ts'
import { answer, hypothesisOf, type Played, play, take, toy } from '../toy-experiment.ts'

/** Everything that waits: askings, attempts, times, in the foreground and beside it. */
const parts = {
  'steady-state-hypothesis': hypothesisOf(answer('steady', 1, 1, { until: { timeout: 5 } })),
  method: [
    answer('behind', 1, 2, { until: { timeout: 6, interval: 0.7 }, background: true }),
    toy(
      'action',
      'harm',
      'harm',
      { thing: 'lamp', seconds: 9 },
      { max_duration: 1, retry: { attempts: 2, interval: 1 } },
    ),
    take('again', 0.5, { repeat: { count: 3, interval: 1 } }),
    answer('never', 1, 2, { until: { timeout: 3 } }),
    toy('action', 'last', 'fail', {}, { retry: { attempts: 2, interval: 1 }, onFailure: 'stop' }),
  ],
  rollbacks: [
    answer('back', 1, 2, { until: { timeout: 2 } }),
    take('tidy', 0.5, { repeat: { count: 2, interval: 1 }, when: 'always' }),
  ],
  runtime: { hypothesis: { after_rollbacks: true }, rollbacks: { strategy: 'always' } },
}

/** Interrupts when the event of that number has happened, or when time passes after it. */
function playInterrupted(by: InterruptedBy, seq: number): Promise<Played> {
  let run: Run | undefined
  return play(parts, {
    onStart: (started) => {
      run = started
    },
    onEvent: (event) => {
      if (event.seq === seq) setImmediate(() => run?.interrupt(by))
    },
  })
}

it.each(['SIGINT', 'SIGUSR2', 'a stop request'] as const)(
  '%s after any event: the run ends, the journal is the fold, and all is undone',
  async (by) => {
    const { length } = (await play(parts)).events
    for (let seq = 1; seq < length; seq += 1) {
      const { events, journal, trace, clock } = await playInterrupted(by, seq)
      const at = `after event ${seq}`
      expect(foldJournal(events), at).toEqual(journal)
      expect(events.at(-1)?.type, at).toBe('run-completed')
      const count = (word: string): number => trace.filter((line) => line.startsWith(word)).length
      expect(count('mend'), at).toBe(count('break'))
      // Waiting is over at once: what follows has at most the rollbacks and background work to wait for.
      expect(clock.monotonic(), at).toBeLessThan(20_000)
      for (const entry of [...journal.run, ...journal.rollbacks])
        expect(entry.end, `${at}: ${String(entry.activity['name'])}`).toBeDefined()
    }
  },
  120_000,
)
