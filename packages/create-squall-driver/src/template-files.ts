import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DriverNames } from './driver-names.ts'

const template = fileURLToPath(new URL('../template', import.meta.url))

/** The files of a new driver by their path in its package, with its names filled in. */
export async function templateFiles(names: DriverNames): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(template, path.join(entry.parentPath, entry.name)))
    .sort()
  const filled = files.map(async (file) => [
    visible(file),
    fill(await readFile(path.join(template, file), 'utf8'), names),
  ])
  return Object.fromEntries(await Promise.all(filled))
}

/** npm leaves out of a package what begins with a dot and means something to it, so there it begins with `_`. */
function visible(file: string): string {
  return file.startsWith('_') ? `.${file.slice(1)}` : file
}

function fill(text: string, names: DriverNames): string {
  return text
    .replaceAll('driver_name', names.driver)
    .replaceAll('package-name', names.package)
    .replaceAll('folder-name', names.folder)
}
