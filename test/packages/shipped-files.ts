import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Manifest } from './packed.ts'

export interface ShippedFile {
  /** Relative to the package. */
  readonly file: string
  readonly text: string
  /** In bytes. */
  readonly length: number
}

/** Every file of an installed package, without what npm put below it. */
export async function filesOf(folder: string): Promise<readonly ShippedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('node_modules'))
  return Promise.all(
    files.map(async (file) => {
      const content = await readFile(path.join(folder, file))
      return { file, text: content.toString(), length: content.length }
    }),
  )
}

/** The files that the fields of a package.json name. */
export function targetsOf({ exports = {}, bin = {}, squall }: Manifest): readonly string[] {
  const exported = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  )
  return [...exported, ...Object.values(bin), ...(squall ? [squall.driver, squall.manifest] : [])]
}

/** The sources that the source maps and declaration maps name, relative to the package. */
export function sourcesOfMaps(files: readonly ShippedFile[]): readonly string[] {
  return files
    .filter(({ file }) => file.endsWith('.map'))
    .flatMap(({ file, text }) => {
      const { sources } = JSON.parse(text) as { sources: readonly string[] }
      return sources.map((source) => path.join(path.dirname(file), source))
    })
}
