import type { Journal } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import {
  expectJournal,
  JournalDiffers,
  type JournalExpectation,
  journalDifferences,
} from './expect-journal.ts'

const start = '2026-01-01T00:00:00.000000'
const probe = { activity: { name: 'page' }, output: 200, start, status: 'succeeded' as const }
const journal: Journal = {
  'chaoslib-version': '1.44.0',
  'squall-version': '0.1.0',
  platform: 'test',
  node: 'test',
  experiment: { title: 'Lamps' },
  start,
  status: 'failed',
  deviated: false,
  steady_states: {
    before: { steady_state_met: true, probes: [probe] },
    after: { steady_state_met: false, probes: [{ ...probe, output: 500 }] },
    during: [],
  },
  run: [
    {
      activity: { name: 'darken' },
      output: null,
      start,
      status: 'failed',
      exception: ['Error: of a lower level\n', 'ActivityFailed: there is no lamp\n'],
    },
    { activity: { name: 'wait' }, output: null, start },
  ],
  rollbacks: [],
  end: start,
  duration: 1,
  undo: [
    { driver: 'd', func: 'light', arguments: {}, activity: 'darken', status: 'failed', reason: 'no bulb' },
    { driver: 'd', func: 'close', arguments: {}, activity: 'darken', status: 'not needed' },
  ],
  residue: [{ driver: 'd', found: 'a dark lamp' }],
}

describe('what a journal is to say', () => {
  it('is what it says', () => {
    expectJournal(journal, {
      status: 'failed',
      deviated: false,
      steadyState: { before: true, after: false },
      activities: { darken: 'failed', page: 'succeeded', dance: 'not played' },
      undo: ['light: failed', 'close: not needed'],
      residue: ['a dark lamp'],
    })
    expectJournal(journal, {})
  })

  it.each<{ expected: JournalExpectation; says: string }>([
    {
      expected: { status: 'completed' },
      says: "status: expected completed, found failed ('darken' failed: ActivityFailed: there is no lamp)",
    },
    { expected: { deviated: true }, says: 'deviated: expected true, found false' },
    { expected: { steadyState: { before: null } }, says: 'steady state before: expected null, found true' },
    { expected: { steadyState: { after: true } }, says: 'steady state after: expected true, found false' },
    {
      expected: { activities: { darken: 'succeeded' } },
      says: "activity 'darken': expected succeeded, found failed (ActivityFailed: there is no lamp)",
    },
    {
      expected: { activities: { wait: 'succeeded' } },
      says: "activity 'wait': expected succeeded, found cut short",
    },
    {
      expected: { activities: { dance: 'failed' } },
      says: "activity 'dance': expected failed, found not played",
    },
    {
      expected: { undo: ['light: undone'] },
      says: 'undo: expected ["light: undone"], found ["light: failed","close: not needed"] (light: no bulb)',
    },
    { expected: { residue: [] }, says: 'residue: expected [], found ["a dark lamp"]' },
  ])('$says', ({ expected, says }) => {
    expect(journalDifferences(journal, expected)).toEqual([says])
  })

  it('differs in everything that is told at once', () => {
    const check = () => expectJournal(journal, { deviated: true, residue: [] })
    expect(check).toThrow(JournalDiffers)
    expect(check).toThrow(
      "The journal of 'Lamps' differs:\n  deviated: expected true, found false\n  residue: expected [], found",
    )
  })

  it('is of no use for what is no journal', () => {
    expect(journalDifferences({ status: 'completed' }, { status: 'completed' })).toEqual([
      'it is no journal: {"status":"completed"}',
    ])
  })

  it('is that nothing was undone and nothing left behind, where the journal has no such key', () => {
    const { undo: _, residue: __, ...rest } = journal
    expectJournal(rest, { undo: [], residue: [] })
  })
})
