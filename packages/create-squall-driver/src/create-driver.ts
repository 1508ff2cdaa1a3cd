import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type DriverNames, driverNames } from './driver-names.ts'
import { NotCreated } from './not-created.ts'
import type { OpenApiFiles } from './openapi/openapi-files.ts'
import { packageJson, type Versions } from './package-json.ts'
import { templateFiles } from './template-files.ts'

export interface CreateOptions {
  /** `lamps`, `squall-driver-lamps` or `@acme/lamps`. */
  readonly name: string
  /** Where the package's folder is made. */
  readonly directory: string
  /** An OpenAPI document, relative to `directory`, whose operations become the activities. */
  readonly openApi?: {
    readonly file: string
    /** operationIds, names of activities, tags or `METHOD /path`. Default: all. */
    readonly only?: readonly string[]
  }
}

/** What was made. */
export interface CreatedDriver extends DriverNames {
  /** Of a driver that was made from an OpenAPI document. */
  readonly openApi?: Omit<OpenApiFiles, 'files'>
}

/**
 * Writes the package of a new driver into a folder of its own. Throws `NotCreated` for a name that npm would refuse and
 * for a folder that already holds something, and an error with a `SQUALL_OPENAPI_` code for a document that no driver can
 * be made of; then nothing was written.
 */
export async function createDriver({ name, directory, openApi }: CreateOptions): Promise<CreatedDriver> {
  const names = driverNames(name)
  const folder = path.join(directory, names.folder)
  await refuseFull(folder)
  const made = openApi && (await openApiPart(names, directory, openApi))
  const files = {
    'package.json': `${JSON.stringify(packageJson(names, await testedVersions()), null, 2)}\n`,
    ...(made ? made.files : await templateFiles(names)),
  }
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, text, { flag: 'wx' })
  }
  if (!made) return names
  const { activities, notices, variables } = made
  return { ...names, openApi: { activities, notices, variables } }
}

async function openApiPart(
  names: DriverNames,
  directory: string,
  { file, only = [] }: NonNullable<CreateOptions['openApi']>,
): Promise<OpenApiFiles> {
  // Who makes a driver without a document need not wait for what reads one.
  const { openApiFiles } = await import('./openapi/openapi-files.ts')
  return openApiFiles(names, { file, directory, only })
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
  const { dependencies, devDependencies } = JSON.parse(own) as Record<string, Versions>
  return { ...dependencies, ...devDependencies }
}
