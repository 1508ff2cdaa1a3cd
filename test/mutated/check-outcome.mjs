import { isObject, parseJson } from '../../packages/contract/dist/index.js'

/** A line of a stack: a place in a script, or in Node itself. */
const stackLine = /\bat [^\n]{0,300}?(?:\.[cm]?[jt]s|node:internal\/[\w/]+):\d+:\d+/

/** Where an activity failed, its event has all there is to know, as the journal has. */
const exceptions = /"exception":\[(?:"(?:[^"\\]|\\.)*",?)*\]/g

const journalKeys = [
  'chaoslib-version',
  'experiment',
  'start',
  'status',
  'steady_states',
  'run',
  'rollbacks',
  'end',
]

/** What must hold however wrong a file is; throws an Error that says what does not. */
export function checkOutcome({ words }, { exit, said, journal }) {
  if (exit !== 0 && exit !== 1 && exit !== 2) fail(`the exit code is ${exit}`, said)
  if (stackLine.test(said.replace(exceptions, ''))) fail('a stack trace was shown', said)
  const hasBegun = said.includes('"type":"run-started"')
  if (hasBegun && words[0] !== 'run') fail(`${words[0]} started a run`, said)
  if (hasBegun !== (journal !== undefined))
    fail(hasBegun ? 'the journal is lost' : 'a journal of no run', said)
  if (exit === 0 && words[0] === 'run' && !hasBegun) fail('nothing was run, and all is said to be well', said)
  if (journal !== undefined) checkJournal(journal)
}

function checkJournal(text) {
  const journal = parseJson(text)
  const missing = journalKeys.filter((key) => !isObject(journal) || !(key in journal))
  if (missing.length > 0) fail(`the journal has no ${missing.join(', ')}`, text)
}

function fail(what, said) {
  throw new Error(`${what}:\n${said.slice(-4000)}`)
}
