// Checks who imports whom, and that only folders named host/ take time, chance and processes from thin air.
//   node scripts/check-imports.mjs   prints file:line of each finding, and exits 1 when there is one
import { houseFindings } from './house/house-findings.mjs'
import { readHouse } from './house/read-house.mjs'

const files = readHouse(new URL('..', import.meta.url))
const findings = houseFindings(files)
for (const finding of findings) process.stderr.write(`${finding}\n`)
process.stdout.write(`imports: ${files.size} files, ${findings.length} findings\n`)
process.exitCode = findings.length === 0 ? 0 : 1
