// Packs every package, and prints what publint and "are the types wrong" find. Exits 1 when there is something.
//   node test/packages/check-tarballs.mjs
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { packWorkspace } from './pack-workspace.mjs'
import { tarballFindings } from './tarball-findings.mjs'

const place = await mkdtemp(path.join(os.tmpdir(), 'squall-tarballs-'))
try {
  const packages = await packWorkspace(place)
  let count = 0
  for (const packed of packages) {
    const findings = await tarballFindings(packed)
    for (const finding of findings) process.stderr.write(`${packed.name}: ${finding}\n`)
    count += findings.length
  }
  process.stdout.write(`tarballs: ${packages.length} packages, ${count} findings\n`)
  process.exitCode = count === 0 ? 0 : 1
} finally {
  await rm(place, { recursive: true, force: true })
}
