// Runs the conformance corpus against our command. No case may fail that known-differences.json does not name, and no
// entry of it may be out of date.
//   node test/compat/gate.mjs [--cli COMMAND] [--json FILE]
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findCases } from './runner/find-cases.mjs'
import { readOptions } from './runner/options.mjs'
import { runCorpus } from './runner/run-corpus.mjs'
import { areaOf, failureLine } from './runner/summary.mjs'
import { verdictOf } from './verdict.mjs'

const { values } = parseArgs({
  options: {
    cli: { type: 'string', default: 'node packages/squall/bin/squall.js' },
    json: { type: 'string' },
  },
})
// Node reads these certificates at every start, and each case starts it anew. The fixture server needs none of them.
delete process.env.NODE_EXTRA_CA_CERTS

const strict = process.env.SQUALL_REQUIRE_ALL === '1' ? ['--require-all'] : []
const options = readOptions(['--cli', values.cli, ...strict])
const report = { ended: () => {}, trouble: say }
const { results } = await runCorpus(findCases(options.cases, []), options, report)
const areas = [...new Set(results.map(({ id }) => areaOf(id)))]
const known = JSON.parse(readFileSync(new URL('known-differences.json', import.meta.url), 'utf8'))
const verdict = verdictOf(results, known, areas)

for (const failure of verdict.unexpected) say(failureLine(failure))
for (const { id, why } of verdict.outdated) say(`known-differences.json: ${id} ${why}`)
const others = verdict.others.map(({ area, passed, total }) => `${area} ${passed} of ${total}`)
if (others.length > 0) say(`compat, not gated yet: ${others.join(', ')}`)
say(`compat: ${verdict.passed} passed of ${verdict.total}, ${verdict.known} known differences`)

const failed = verdict.unexpected.length + verdict.outdated.length
if (values.json) writeFileSync(values.json, JSON.stringify({ passed: verdict.passed, failed }))
process.exitCode = failed === 0 ? 0 : 1

function say(line) {
  process.stdout.write(`${line}\n`)
}
