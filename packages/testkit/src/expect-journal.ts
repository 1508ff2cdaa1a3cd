import { isDeepStrictEqual } from 'node:util'
import { type ActivityRun, isObject, type Journal, type JsonValue, type RunStatus } from '@squall/contract'
import { shown } from './shown.ts'

/** What a journal is to say. What is not named may be anything. */
export interface JournalExpectation {
  readonly status?: RunStatus
  readonly deviated?: boolean
  /** Whether the steady state was met; null where there was no check. */
  readonly steadyState?: { readonly before?: boolean | null; readonly after?: boolean | null }
  /** Status of the last run of activities by their names, wherever they stand; `not played` for one that is in no list. */
  readonly activities?: Readonly<Record<string, 'succeeded' | 'failed' | 'not played'>>
  /** What became of each undo, in the order they were carried out, such as `['resume: undone']`. `[]`: there was none. */
  readonly undo?: readonly string[]
  /** What was left behind. `[]`: nothing. */
  readonly residue?: readonly string[]
}

/** What `expectJournal` throws. */
export class JournalDiffers extends Error {
  override readonly name = 'JournalDiffers'
}

/** Throws `JournalDiffers` when a journal does not say what is expected, with everything that differs and why. */
export function expectJournal(journal: unknown, expected: JournalExpectation): void {
  const differences = journalDifferences(journal, expected)
  if (differences.length === 0) return
  const title =
    isObject(journal) && isObject(journal['experiment']) ? String(journal['experiment']['title']) : ''
  throw new JournalDiffers(
    `The journal of '${title}' differs:\n${differences.map((one) => `  ${one}`).join('\n')}`,
  )
}

/** Everything in which a journal differs from what is expected, each in a sentence; none when nothing does. */
export function journalDifferences(journal: unknown, expected: JournalExpectation): readonly string[] {
  if (!isJournal(journal)) return [`it is no journal: ${shown(journal)}`]
  const { status, deviated, steadyState = {}, activities = {}, undo, residue } = expected
  const { before, after } = journal.steady_states
  return [
    ...difference('status', status, journal.status, journal.reason ?? failuresIn(journal)),
    ...difference('deviated', deviated, journal.deviated),
    ...difference('steady state before', steadyState.before, before?.steady_state_met ?? null),
    ...difference('steady state after', steadyState.after, after?.steady_state_met ?? null),
    ...Object.entries(activities).flatMap(([name, wanted]) => activityDifference(name, wanted, journal)),
    ...difference(
      'undo',
      undo,
      (journal.undo ?? []).map(({ func, status: end }) => `${func}: ${end}`),
      undoReasons(journal),
    ),
    ...difference(
      'residue',
      residue,
      (journal.residue ?? []).map(({ found }) => found),
    ),
  ]
}

function difference(what: string, wanted: unknown, found: unknown, why: string = ''): readonly string[] {
  if (wanted === undefined || isDeepStrictEqual(wanted, found)) return []
  return [`${what}: expected ${inWords(wanted)}, found ${inWords(found)}${why === '' ? '' : ` (${why})`}`]
}

function activityDifference(name: string, wanted: string, journal: Journal): readonly string[] {
  const last = runsIn(journal).findLast(({ activity }) => activity['name'] === name)
  const found = last ? (last.status ?? 'cut short') : 'not played'
  return difference(`activity '${name}'`, wanted, found, lastLine(last))
}

/** Every activity that was played, in the order of the lists. */
function runsIn({ steady_states: states, run, rollbacks }: Journal): readonly ActivityRun[] {
  const { before, after, during, after_rollbacks: last } = states
  const probes = [before, ...during, after, last].flatMap((state) => state?.probes ?? [])
  return [...probes, ...run, ...rollbacks]
}

function failuresIn(journal: Journal): string {
  const failed = runsIn(journal).filter(({ status }) => status === 'failed')
  return failed.map((one) => `'${String(one.activity['name'])}' failed: ${lastLine(one)}`).join('; ')
}

function undoReasons({ undo = [] }: Journal): string {
  return undo.flatMap(({ func, reason }) => (reason === undefined ? [] : [`${func}: ${reason}`])).join('; ')
}

/** The last line of an exception names the error. */
function lastLine(run: ActivityRun | undefined): string {
  return run?.exception?.at(-1)?.trim() ?? ''
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : shown(value as JsonValue)
}

function isJournal(value: unknown): value is Journal {
  return isObject(value) && isObject(value['steady_states']) && Array.isArray(value['run'])
}
