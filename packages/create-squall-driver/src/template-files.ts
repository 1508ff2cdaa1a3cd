import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DriverNames } from './driver-names.ts'

/** Of the template, what every driver has. */
const common = ['_gitignore', 'tsconfig.json', '_github/workflows/ci.yml']

/**
 * The files of a new driver by their path in its package, with its names filled in: those of the first folder, and from
 * the others what every driver has.
 */
export async function templateFiles(
  names: DriverNames,
  [first = 'template', ...others]: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
  const own = (await filesBelow(first)).map((file) => [first, file] as const)
  const shared = others.flatMap((folder) => common.map((file) => [folder, file] as const))
  const filled = [...shared, ...own].map(async ([folder, file]) => [
    visible(file),
    fill(await readFile(path.join(folderOf(folder), file), 'utf8'), names),
  ])
  return Object.fromEntries(await Promise.all(filled))
}

function folderOf(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url))
}

async function filesBelow(name: string): Promise<readonly string[]> {
  const folder = folderOf(name)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
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
