import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type DriverNames, driverNames } from './driver-names.ts'
import { NotCreated } from './not-created.ts'
import { packageJson, type Versions } from './package-json.ts'
import { templateFiles } from './template-files.ts'

export interface CreateOptions {
  /** `lamps`, `squall-driver-lamps` or `@acme/lamps`. */
  readonly name: string
  /** Where the package's folder is made. */
  readonly directory: string
}

/**
 * Writes the package of a new driver into a folder of its own. Throws `NotCreated` for a name that npm would refuse and
 * for a folder that already holds something; then nothing was written.
 */
export async function createDriver({ name, directory }: CreateOptions): Promise<DriverNames> {
  const names = driverNames(name)
  const folder = path.join(directory, names.folder)
  await refuseFull(folder)
  const files = {
    'package.json': `${JSON.stringify(packageJson(names, await testedVersions()), null, 2)}\n`,
    ...(await templateFiles(names)),
  }
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, text, { flag: 'wx' })
  }
  return names
}

async function refuseFull(folder: string): Promise<void> {
  const held = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error.code === 'ENOTDIR'
      ? new NotCreated(`${folder} is a file. Remove it or choose another name.`)
      : error
  })
  if (held.length > 0) {
    throw new NotCreated(`${folder} already holds something. Remove it or choose another name.`)
  }
}

async function testedVersions(): Promise<Versions> {
  const own = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(own) as { devDependencies: Versions }).devDependencies
}
