import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { here } from '../requirements.ts'

const root = path.join(here, '..')

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly squall?: { readonly driver: string; readonly manifest: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** One of our packages as it would be published. */
export interface PackedPackage {
  readonly name: string
  readonly tarball: string
  /** The one inside the tarball: `workspace:` and `catalog:` are resolved there. */
  readonly manifest: Manifest
  /** Paths inside the package. */
  readonly files: readonly string[]
}

/** Packs the packages of the workspace into `folder`, with the pinned pnpm: all of them, or those named. */
export async function packAll(
  folder: string,
  names: readonly string[] = [],
): Promise<readonly PackedPackage[]> {
  const { packageManager } = await readManifest(path.join(root, 'package.json'))
  const filters = names.flatMap((name) => ['--filter', name])
  const pnpm = ['--yes', '--prefer-offline', packageManager]
  const { stdout } = await execa(
    'npx',
    [...pnpm, '--recursive', ...filters, 'pack', '--json', '--pack-destination', folder],
    {
      cwd: root,
      stdin: 'ignore',
    },
  )
  const packed = JSON.parse(stdout) as readonly { filename: string }[]
  return Promise.all(packed.map(({ filename }) => readTarball(filename)))
}

async function readTarball(tarball: string): Promise<PackedPackage> {
  const listed = await execa('tar', ['-tzf', tarball])
  const read = await execa('tar', ['-xzOf', tarball, 'package/package.json'])
  const manifest = JSON.parse(read.stdout) as Manifest
  const files = listed.stdout.split('\n').map((file) => file.replace('package/', ''))
  return { name: manifest.name, tarball, manifest, files }
}

async function readManifest(file: string): Promise<{ packageManager: string }> {
  return JSON.parse(await readFile(file, 'utf8')) as { packageManager: string }
}
