import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import type { RunEvent } from '@squall/contract'
import { readEventLog } from '@squall/event-log'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldJournal } from '../src/index.ts'
import { interruptedAsPlanned, type RandomRun, randomRun } from './random-experiment.ts'
import { scratchFolder } from './scratch-folder.ts'
import { type Played, play } from './toy-experiment.ts'

const scratch = await scratchFolder()

function checkEvents({ events, journal }: Played): void {
  expect(foldJournal(events)).toEqual(journal)
  for (const event of events) expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[0]?.type).toBe('run-started')
  expect(events.at(-1)?.type).toBe('run-completed')
}

function checkNothingIsLeftBehind({ events, journal, exitCode }: Played): void {
  const count = (type: RunEvent['type']): number => events.filter((event) => event.type === type).length
  expect(count('activity-completed')).toBe(count('activity-started'))
  expect(count('undo-completed')).toBe(count('undo-registered'))
  expect(journal.undo?.length ?? 0).toBe(count('undo-registered'))
  const undone = (journal.undo ?? []).every(({ status }) => status !== 'failed')
  const isRestored = journal.restored === undefined || journal.restored === true
  const isWell = journal.status === 'completed' && !journal.deviated && isRestored
  expect(exitCode).toBe(isWell && undone ? 0 : 1)
}

/** Nothing that was broken stays broken, unless its undo says that it failed, or it is kept. */
function checkHarmIsUndone({ trace }: Played, { parts }: RandomRun): void {
  const keeps = JSON.stringify(parts).includes('"keep":true')
  const broken = trace.filter((line) => line.startsWith('break ')).map((line) => line.slice(6))
  const mended = trace.filter((line) => line.startsWith('mend ')).map((line) => line.slice(5))
  const beyondRepair = broken.filter((thing) => trace.includes(`try ${thing}`))
  if (!keeps) expect([...mended, ...beyondRepair].sort()).toEqual([...broken].sort())
}

it('whatever happens, the journal is the fold of the events, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(randomRun, async (random) => {
      const played = await play(random.parts, interruptedAsPlanned(random))
      checkEvents(played)
      checkNothingIsLeftBehind(played)
      checkHarmIsUndone(played, random)
    }),
    { numRuns: 400 },
  )
})

it('whatever happens, the events on disk are those of the run', async () => {
  await fc.assert(
    fc.asyncProperty(randomRun, async (random) => {
      const eventLog = await mkdtemp(path.join(scratch, 'log-'))
      const played = await play(random.parts, { ...interruptedAsPlanned(random), eventLog })
      const { records } = await readEventLog<RunEvent>(eventLog)
      expect(records).toEqual(played.events)
      expect(foldJournal(records)).toEqual(played.journal)
    }),
    { numRuns: 40 },
  )
})
