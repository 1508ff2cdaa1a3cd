// Writes docs/errors.md from the error table of the built contract.
//   node scripts/error-docs.mjs          writes it
//   node scripts/error-docs.mjs --check  exits 1 when it differs
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { errorPage } from './house/error-page.mjs'

const contract = new URL('../packages/contract/dist/index.js', import.meta.url)
const page = new URL('../docs/errors.md', import.meta.url)

if (!existsSync(contract)) stop("The contract is not built: run 'npm run build' first.")
const { errorTable } = await import(contract.href)
const wanted = errorPage(errorTable)
const isCurrent = existsSync(page) && readFileSync(page, 'utf8') === wanted
if (process.argv.includes('--check') && !isCurrent) {
  stop("docs/errors.md differs from the table: run 'node scripts/error-docs.mjs'.")
}
if (!isCurrent) writeFileSync(page, wanted)

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
