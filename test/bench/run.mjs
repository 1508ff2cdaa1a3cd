// Times squall beside its yardsticks, in alternation, and prints a table of medians. Needs a build.
//   node test/bench/run.mjs                measures everything
//   node test/bench/run.mjs --only ports   measures one of: start-up, validate, activities, ports, event-log, continuous, python, net, chaos
//   node test/bench/run.mjs --write        also writes docs/benchmarks.md
//   node test/bench/run.mjs --check        also exits 1 when a limit of limits.json is broken
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { activities } from './activities.mjs'
import { chaos } from './chaos.mjs'
import { continuous } from './continuous.mjs'
import { eventLog } from './event-log.mjs'
import { net } from './net.mjs'
import { page } from './page.mjs'
import { ports } from './ports.mjs'
import { python } from './python.mjs'
import { startUp } from './start-up.mjs'
import { table } from './table.mjs'
import { validate } from './validate.mjs'
import { judge } from './verdict.mjs'

// Node reads these certificates at every start, which takes longer than the start itself.
delete process.env.NODE_EXTRA_CA_CERTS

const benchmarks = {
  'start-up': startUp,
  validate,
  activities,
  ports,
  'event-log': eventLog,
  continuous,
  python,
  net,
  chaos,
}
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, write: { type: 'boolean' }, check: { type: 'boolean' } },
})
if (options.only && !(options.only in benchmarks))
  stop(`--only takes one of ${Object.keys(benchmarks).join(', ')}.`)
if (options.only && options.write) stop('--write needs all of them: leave --only out.')

const limits = JSON.parse(readFileSync(new URL('limits.json', import.meta.url), 'utf8'))
const rows = []
for (const [name, measure] of Object.entries(benchmarks)) {
  if (options.only && options.only !== name) continue
  process.stderr.write(`bench: ${name} ...\n`)
  rows.push(...(await measure()).map((row) => judge(row, limits[row.id])))
}
process.stdout.write(table(rows))

const broken = rows.filter(({ verdict }) => verdict === 'broken')
process.stdout.write(broken.length === 0 ? 'All limits are kept.\n' : `Limits broken: ${broken.length}.\n`)
if (options.write) writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), page(rows))
if (options.check && broken.length > 0) process.exitCode = 1

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
