import type { RunEvent } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { foldJournal, type Run, startRun, waveThrough } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { toyDriver } from './toy-driver.ts'
import { experimentOf, harm, play, take } from './toy-experiment.ts'
import { VirtualClock } from './virtual-clock.ts'

async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const collected: RunEvent[] = []
  for await (const event of events) collected.push(event)
  return collected
}

describe('a reader', () => {
  it('gets every event, in order', async () => {
    const seen: RunEvent[] = []
    const { events } = await play(
      { method: [take('a'), harm('lamp')] },
      { onEvent: (event) => void seen.push(event) },
    )
    expect(seen).toEqual(events)
  })

  it('that throws is named, and the run goes on', async () => {
    const { events, journal } = await play(
      { method: [take('a')] },
      {
        onEvent: ({ type }) => {
          if (type === 'activity-started' || type === 'log') throw new Error('I cannot read this.')
        },
      },
    )
    expect(journal.status).toBe('completed')
    expect(eventLines(events).filter((line) => line.startsWith('warning'))).toEqual([
      "warning: A reader of 'activity-started' failed: I cannot read this.",
    ])
  })

  it('that rejects later is named too', async () => {
    const { events, journal } = await play(
      { method: [take('a', 1)] },
      {
        onEvent: async ({ type }) => {
          if (type === 'activity-started') throw new Error('I cannot read this.')
        },
      },
    )
    expect(journal.status).toBe('completed')
    expect(eventLines(events)).toContain(
      "warning: A reader of 'activity-started' failed: I cannot read this.",
    )
  })
})

describe('the events as an iterator', () => {
  async function started(): Promise<{ run: Run; clock: VirtualClock }> {
    const clock = new VirtualClock()
    const run = startRun(waveThrough(experimentOf({ method: [take('a', 1), take('b', 1)] }) as never), {
      drivers: [toyDriver().driver],
      eventLog: false,
      environment: {},
      clock,
    })
    return { run, clock }
  }

  it('begin with the first one, also for those who come late', async () => {
    const { run, clock } = await started()
    const early = collect(run.events)
    const finished = await clock.passUntil(run.finished)
    expect(await early).toEqual(finished.events)
    expect(await collect(run.events)).toEqual(finished.events)
  })

  it('come while the run goes on', async () => {
    const { run, clock } = await started()
    const seconds: number[] = []
    const follow = (async () => {
      for await (const event of run.events)
        if (event.type === 'activity-completed') seconds.push(clock.monotonic() / 1000)
    })()
    await clock.passUntil(run.finished)
    await follow
    expect(seconds).toEqual([1, 2])
  })

  it('may be left early', async () => {
    const { run, clock } = await started()
    for await (const event of run.events) {
      if (event.type === 'run-started') break
    }
    expect((await clock.passUntil(run.finished)).status).toBe('completed')
  })

  it('end when the run could not begin', async () => {
    const run = startRun(waveThrough({ configuration: { a: { type: 'env', key: 'NONE' } } } as never), {
      drivers: [],
      eventLog: false,
      environment: {},
    })
    const events = collect(run.events)
    await expect(run.finished).rejects.toMatchObject({ code: 'SQUALL_CONFIGURATION_MISSING' })
    expect(await events).toEqual([])
  })
})

describe('the fold', () => {
  it('refuses events that do not begin with run-started', () => {
    expect(() => foldJournal([])).toThrow(RangeError)
  })

  it('ignores what is said after the end, and events it does not know', async () => {
    const { events, journal } = await play({ method: [take('a')] })
    const late = { seq: 99, time: 0, type: 'log', level: 'info', message: 'still here' } as RunEvent
    const unknown = { seq: 2, time: journalTime(events), type: 'from the future' } as never
    expect(foldJournal([...events.slice(0, 1), unknown, ...events.slice(1), late])).toEqual(journal)
  })

  it('of a part of the events is a journal of a run that was cut short', async () => {
    const { events } = await play({ method: [take('a', 1), take('b', 1)], title: 'T' })
    const half = events.slice(0, events.findIndex(({ type }) => type === 'activity-completed') + 1)
    expect(foldJournal(half)).toMatchObject({
      status: 'interrupted',
      experiment: { title: 'T' },
      run: [{ status: 'succeeded', duration: 1 }],
      duration: 1,
    })
  })
})

function journalTime(events: readonly RunEvent[]): number {
  return events[0]?.time ?? 0
}
