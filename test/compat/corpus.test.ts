import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findCases } from './runner/find-cases.mjs'
import { readOptions } from './runner/options.mjs'
import { runCorpus } from './runner/run-corpus.mjs'
import { failureLine } from './runner/summary.mjs'

interface Result {
  readonly id: string
  readonly ok: boolean
  readonly quirk: boolean
  readonly problems: unknown[]
}

const known = JSON.parse(readFileSync(new URL('known-differences.json', import.meta.url), 'utf8')) as {
  id: string
  reason: string
}[]

// Node reads these certificates at every start, and each case starts it anew.
delete process.env['NODE_EXTRA_CA_CERTS']
const strict = process.env['SQUALL_REQUIRE_ALL'] === '1' ? ['--require-all'] : []
const options = readOptions(['--cli', 'node packages/squall/bin/squall.js', '--jobs', '1', ...strict])
const report = { ended: () => {}, trouble: (line: string) => void process.stdout.write(`${line}\n`) }
// All of them before the first test, so that each case counts as one.
const { results, notRun } = (await runCorpus(findCases(options.cases, []), options, report)) as {
  results: Result[]
  notRun: { id: string }[]
}
for (const { id } of notRun) process.stdout.write(`compat: ${id} was not run: a program is missing.\n`)

describe('the conformance corpus', () => {
  it.each(results)('$id', (result) => {
    const difference = known.find(({ id }) => id === result.id)
    if (difference) expect(result.ok, 'a known difference that is none any more').toBe(false)
    else expect(result.ok ? '' : failureLine(result)).toBe('')
  })

  it('has every case that known-differences.json names', () => {
    const ids = [...results, ...notRun].map(({ id }) => id)
    expect(known.filter(({ id }) => !ids.includes(id))).toEqual([])
    expect(ids.length).toBeGreaterThan(150)
  })
})
