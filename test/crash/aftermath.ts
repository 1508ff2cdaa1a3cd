import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import type { Journal, JsonObject, RunEvent } from '../../packages/contract/src/index.ts'
import { foldJournal } from '../../packages/core/src/index.ts'
import { readEventLog, verifyEventLog } from '../../packages/event-log/src/index.ts'
import { isPaused } from './machine.ts'
import type { Stage } from './stage.ts'

/** What a run that was killed left, once it was healed. */
export interface Aftermath {
  readonly events: readonly RunEvent[]
  readonly journal: Journal
  /** Undos on disk. */
  readonly registered: number
  /** Files that were broken, each of them mended once. */
  readonly mended: number
}

export interface FileOptions {
  /** Names of files that two healers may have mended. */
  readonly mendedTwice?: readonly string[]
}

/** Checks that nothing is left behind, and that everything is written down. */
export async function expectNothingLeft(stage: Stage, options: FileOptions = {}): Promise<Aftermath> {
  const mended = await expectWholeFiles(stage, options)
  expect(stage.pids.filter(isPaused), 'paused processes').toEqual([])
  expect(stage.unfinished(), 'logs of unfinished runs').toEqual([])
  const { records: events } = await readEventLog<RunEvent>(stage.keptLog)
  const { intact, torn, unsealed } = await verifyEventLog(stage.keptLog)
  expect({ intact, torn, unsealed }).toEqual({ intact: true, torn: undefined, unsealed: 0 })
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expectEachUndoOnce(events)
  const journal: Journal = JSON.parse(await readFile(stage.journalPath, 'utf8'))
  expect(journal).toEqual(JSON.parse(JSON.stringify(foldJournal(events))))
  expectVerdict(journal, events)
  await expectLastArguments(stage, events)
  return { events, journal, mended, registered: ofType(events, 'undo-registered').length }
}

/** A run that died before anything of it was on disk leaves no log, and has done nothing. */
export async function expectNoTrace(stage: Stage): Promise<void> {
  expect(await expectWholeFiles(stage)).toBe(0)
  expect(stage.pids.filter(isPaused)).toEqual([])
  expect(stage.unfinished()).toEqual([])
}

/** Whether the run got as far as to have a log. */
export function hasLog(stage: Stage): boolean {
  return existsSync(stage.keptLog)
}

/** Each effect is one line: what was broken was mended exactly once. Resolves to how many were. */
async function expectWholeFiles(stage: Stage, { mendedTwice = [] }: FileOptions = {}): Promise<number> {
  let mended = 0
  for (const file of stage.files) {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    const kinds = lines.map((line) => line.split(' ')[0])
    const allowed = [['whole'], ['whole', 'broken', 'whole']]
    if (mendedTwice.includes(path.basename(file))) allowed.push(['whole', 'broken', 'whole', 'whole'])
    expect(allowed, `${file}: ${lines.join(', ')}`).toContainEqual(kinds)
    if (kinds.length > 1) mended += 1
  }
  return mended
}

/** Every registered undo was carried out and written down once, the newest first. */
function expectEachUndoOnce(events: readonly RunEvent[]): void {
  const registered = ofType(events, 'undo-registered').map(({ undo }) => undo)
  const completed = ofType(events, 'undo-completed')
  expect(completed.filter(({ status }) => status === 'failed')).toEqual([])
  expect(completed.map(({ undo }) => undo)).toEqual([...registered].sort((a, b) => b - a))
}

function expectVerdict(journal: Journal, events: readonly RunEvent[]): void {
  const ends = ofType(events, 'run-completed')
  expect(ends).toHaveLength(1)
  expect(journal.status).toBe(ends[0]?.status)
  expect(journal.undo ?? []).toHaveLength(ofType(events, 'undo-registered').length)
  // Only a run whose end was on disk already was not cut off.
  if (journal.status === 'completed') expect(events.at(-1)?.type).toBe('run-completed')
  else {
    expect(journal.status).toBe('interrupted')
    expect(journal.reason).toMatch(/^the runner disappeared \(pid \d+\)$/)
  }
}

/** What was learned after an undo was registered, and on disk, is what it was carried out with. */
async function expectLastArguments(stage: Stage, events: readonly RunEvent[]): Promise<void> {
  const registered = ofType(events, 'undo-registered').find(({ activity }) => activity === 'break c')
  const [, , last] = (await readFile(stage.files[2] ?? '', 'utf8')).split('\n')
  if (!registered || !last) return
  const amended = ofType(events, 'undo-amended').filter(({ undo }) => undo === registered.undo)
  const call = (amended.at(-1) ?? registered).arguments as JsonObject
  expect(last).toBe(`whole ${(call['arguments'] as JsonObject)['note']}`)
}

export function ofType<Type extends RunEvent['type']>(
  events: readonly RunEvent[],
  type: Type,
): Extract<RunEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type)
}
