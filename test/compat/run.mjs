#!/usr/bin/env node
// Runs the conformance cases against a command. Needs Node alone; README.md has the options and the format of a case.
import { writeFileSync } from 'node:fs'
import { findCases, missingPrograms } from './runner/find-cases.mjs'
import { readOptions } from './runner/options.mjs'
import { runCorpus } from './runner/run-corpus.mjs'
import { failureLine, summaryOf } from './runner/summary.mjs'

try {
  const options = readOptions(process.argv.slice(2))
  const cases = findCases(options.cases, options.filter)
  if (cases.length === 0) throw new Error('No case is selected.')
  process.exitCode = options.list ? list(cases) : await run(cases, options)
} catch (error) {
  complain(error.message)
  process.exitCode = 2
}

function list(cases) {
  for (const { id, definition } of cases)
    say(`${definition.quirk ? 'quirk' : '     '} ${id}  ${definition.why}`)
  say(`${cases.length} cases`)
  return 0
}

async function run(cases, options) {
  const began = performance.now()
  const { results, notRun } = await runCorpus(cases, options, {
    ended: (result) => show(result, options),
    trouble: complain,
  })
  const summary = summaryOf(results, (performance.now() - began) / 1000)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(summary, null, 2)}\n`)

  for (const one of notRun) say(`not run: ${one.id} needs ${missingPrograms(one).join(', ')}`)
  say(`of which quirk cases: ${summary.quirks.passed} passed, ${summary.quirks.failed} failed`)
  if (notRun.length > 0) say(`not run for want of a program on this machine: ${notRun.length}`)
  say(`${summary.passed} passed, ${summary.failed} failed`)
  return summary.failed === 0 ? 0 : 1
}

function show(result, { verbose, keep }) {
  if (keep) say(`kept ${result.id}: ${result.place}`)
  if (!result.ok) say(failureLine(result))
  if (!verbose) return
  if (result.ok) say(`ok   ${result.id} (${result.ms} ms)`)
  else say(`${result.stdout}${result.stderr}`.replace(/^/gm, '     > '))
}

function say(line) {
  process.stdout.write(`${line}\n`)
}

function complain(line) {
  process.stderr.write(`${line}\n`)
}
