import path from 'node:path'
import { expect, it } from 'vitest'
import { foldJournal } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'
import { answer, harm, hypothesisOf, play, take, toy } from './toy-experiment.ts'
import { VirtualClock } from './virtual-clock.ts'

const folder = await scratchFolder()
const large = `{"deep": "${'x'.repeat(9000)}", "last": 7}`

it('checks tolerances against the whole of an output that events and journal have cut', async () => {
  const { events, journal, exitCode } = await play(
    {
      'steady-state-hypothesis': hypothesisOf(
        answer('large', large, { type: 'jsonpath', path: '$.last', expect: [7] }),
        answer('regex', large, { type: 'regex', pattern: 'x{9000}' }),
      ),
    },
    { journalPath: path.join(folder, 'journal.json'), maxOutput: 2048 },
  )
  expect(exitCode).toBe(0)
  const { output } = journal.steady_states.before?.probes[0] ?? {}
  expect(output).toMatch(/"last": 7\}$/)
  expect(output).toMatch(/the whole is in journal\.json\.outputs\/1\.json/)
  expect(foldJournal(events)).toEqual(journal)
})

it('cuts nothing where there is no journal beside which it could be kept', async () => {
  const { journal } = await play(
    { method: [toy('probe', 'large', 'answer', { value: large })] },
    { maxOutput: 2048 },
  )
  expect(journal.run[0]?.output).toBe(large)
})

/** A clock whose time of day is set back an hour, and on again, at every look. */
class JumpingClock extends VirtualClock {
  #looks = 0

  override now(): number {
    this.#looks += 1
    return super.now() - (this.#looks % 2) * 3_600_000
  }
}

it('measures durations, pauses and limits with a clock that does not jump', async () => {
  const { journal, events, trace } = await play(
    {
      'steady-state-hypothesis': hypothesisOf(answer('p', 1, 1)),
      method: [
        take('a', 2, { pauses: { after: 3 } }),
        take('too long', 60, { max_duration: 5 }),
        harm('lamp', { undo: { after: 4 } }, { seconds: 10 }),
      ],
    },
    { virtual: new JumpingClock(), strategies: { hypothesis: 'continuously' } },
  )
  expect(journal.run.map(({ duration }) => Math.round(duration ?? -1))).toEqual([2, 5, 10])
  expect(Math.round(journal.duration)).toBe(20)
  expect(journal.steady_states.during.length).toBeGreaterThanOrEqual(19)
  expect(trace.at(-1)).toBe('mend lamp')
  const undone = events.findIndex((event) => event.type === 'undo-completed')
  const broken = events.findIndex((event) => event.type === 'run-completed')
  expect(undone).toBeLessThan(broken)
})

it('never gives a run that was cut off a negative duration', async () => {
  const { events } = await play({ method: [take('a', 1)] }, { virtual: new JumpingClock() })
  for (let length = 1; length < events.length; length += 1)
    expect(foldJournal(events.slice(0, length)).duration).toBeGreaterThanOrEqual(0)
})
