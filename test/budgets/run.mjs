// Compares what each package brings to a project with its budget in budgets.json. Exits 1 when one is exceeded, or so wide
// that it says nothing. Needs a build.
//   node test/budgets/run.mjs            bytes and number of packages installed, which are exact
//   node test/budgets/run.mjs --import   also how long importing takes, as a ratio
//   node test/budgets/run.mjs --write    puts budgets in the place of those that do not fit
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { packWorkspace } from '../packages/pack-workspace.mjs'
import { budgetFindings, fittingBudgets } from './figures.mjs'
import { footprints } from './footprints.mjs'
import { importRatios } from './import-ratios.mjs'

// Node reads these certificates at every start, which takes longer than the start itself.
delete process.env.NODE_EXTRA_CA_CERTS

const file = new URL('budgets.json', import.meta.url)
const { values: options } = parseArgs({
  options: { import: { type: 'boolean' }, write: { type: 'boolean' } },
})
const budgets = JSON.parse(await readFile(file, 'utf8'))
const measured = await measure()
process.stdout.write(table(measured, budgets))
if (options.write) await write(fittingBudgets(measured, budgets))
else judge(budgetFindings(measured, budgets))

async function measure() {
  const place = await mkdtemp(path.join(os.tmpdir(), 'squall-budgets-'))
  try {
    const packages = await packWorkspace(place)
    const sizes = footprints(packages)
    const ratios = options.import ? await importRatios(packages) : {}
    return Object.fromEntries(
      packages.map(({ name }) => [
        name,
        { ...sizes[name], ...(name in ratios ? { import: ratios[name] } : {}) },
      ]),
    )
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function write(fitting) {
  await writeFile(file, `${JSON.stringify(fitting, null, 2)}\n`)
  process.stdout.write('test/budgets/budgets.json is written.\n')
}

function judge(findings) {
  for (const finding of findings) process.stderr.write(`${finding}\n`)
  process.stdout.write(findings.length === 0 ? 'All budgets fit.\n' : `${findings.length} do not fit.\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
}

function table(measured, budgets) {
  const rows = Object.entries(measured).map(([name, seen]) => {
    const cells = Object.entries(seen).map(([figure, value]) => {
      const text = Number.isInteger(value) ? String(value) : value.toFixed(2)
      return `${figure} ${text}/${budgets[name]?.[figure] ?? '-'}`.padEnd(26)
    })
    return `${name.padEnd(26)}${cells.join('')}`.trimEnd()
  })
  return `${rows.join('\n')}\n`
}
