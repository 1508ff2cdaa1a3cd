import { packWorkspace } from './pack-workspace.mjs'

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
  /** Where it lies unpacked. */
  readonly folder: string
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
  return (await packWorkspace(folder, [...names])) as readonly PackedPackage[]
}
