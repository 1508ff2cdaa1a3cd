import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { runNode } from '../bench/node-cpu.mjs'
import { alternate, mediansOf } from '../bench/rounds.mjs'

/**
 * How much more processor time than a Node that does nothing one takes that imports a package: of a driver the file that
 * squall loads, of a library its main entry. A command alone has none. Medians of rounds in alternation.
 */
export async function importRatios(packages) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-imports-'))
  const place = { folder, home: folder }
  const cpuOf = (code) => () => runNode(['--input-type=module', '--eval', code], place).cpu
  const entries = packages.flatMap(({ name, source, manifest }) => {
    const entry = entryOf(manifest)
    if (entry === undefined) return []
    const url = pathToFileURL(path.join(source, entry)).href
    return [[name, cpuOf(`await import(${JSON.stringify(url)})`)]]
  })
  try {
    const medians = mediansOf(await alternate({ bare: cpuOf('0'), ...Object.fromEntries(entries) }))
    return Object.fromEntries(entries.map(([name]) => [name, medians[name] / medians.bare]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function entryOf({ squall, exports }) {
  return squall?.driver ?? exports?.['.']?.default
}
