import { readFile } from 'node:fs/promises'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

// The packages are ES modules only, and Node takes them from CommonJS too: how the older resolutions fare is known.
const leftOut = ['node10', 'node16-cjs']

/** What publint and "are the types wrong" find in a packed package. */
export async function tarballFindings({ tarball, manifest }) {
  const data = await readFile(tarball)
  const found = await Promise.all([publintFindings(data), typeFindings(data, manifest)])
  return found.flat()
}

async function publintFindings(data) {
  const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

async function typeFindings(data, { exports }) {
  if (!exports) return [] // A command: there is nothing to import.
  const found = await checkPackage(createPackageFromTarballData(new Uint8Array(data)), {
    excludeEntrypoints: entrypointsOfData(exports),
  })
  if (!found.types) return ['types: it has none']
  return found.problems
    .filter(({ resolutionKind }) => !leftOut.includes(resolutionKind))
    .map(({ kind, entrypoint = '', resolutionKind = '', ...more }) => {
      const where = [entrypoint, resolutionKind, more.typesFileName].filter(Boolean).join(', ')
      return `types: ${kind} (${where})`
    })
}

/** A file that is read and not imported has no types. */
function entrypointsOfData(exports) {
  return Object.keys(exports).filter((name) => /\.(json|ya?ml)$/.test(name))
}
