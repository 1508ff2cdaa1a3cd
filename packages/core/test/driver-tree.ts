import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** File names to what they hold: text as it is, anything else as JSON. */
export type Tree = Readonly<Record<string, unknown>>

export async function writeTree(root: string, tree: Tree): Promise<void> {
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(root, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
}

export interface DriverShape {
  readonly name: string
  readonly version?: string
  /** Provider types. Default: the last part of the name. */
  readonly types?: readonly string[]
  /** The code of its driver file. Default: one that throws when it is imported. */
  readonly code?: string
  readonly squall?: unknown
  readonly manifest?: unknown
}

/** The files of an installed driver, in the folder `at`. Importing one is a mistake, unless it has code. */
export function driverAt(at: string, shape: DriverShape): Tree {
  const { name, version = '1.0.0', code = "throw new Error('This code was run')" } = shape
  const types = shape.types ?? [name.split('/').at(-1) ?? name]
  return {
    [`${at}/package.json`]: {
      name,
      version,
      type: 'module',
      // As in a package that can only be imported: require.resolve finds neither this file nor the driver.
      exports: { '.': { import: './dist/index.js' } },
      squall: shape.squall ?? { contract: 1, driver: './dist/index.js', manifest: './dist/squall.json' },
    },
    [`${at}/dist/index.js`]: code,
    [`${at}/dist/squall.json`]: shape.manifest ?? manifestOf(types),
  }
}

export function manifestOf(types: readonly string[]): Record<string, unknown> {
  const providers = types.map((type) => [type, { summary: `Provides ${type}.`, schema: { type: 'object' } }])
  return {
    contract: 1,
    name: types[0] ?? 'nothing',
    summary: 'A driver of a test.',
    providers: Object.fromEntries(providers),
    activities: {},
    undo: {},
    aliases: [],
  }
}

export async function link(root: string, from: string, to: string): Promise<void> {
  const file = path.join(root, from)
  await mkdir(path.dirname(file), { recursive: true })
  await symlink(path.relative(path.dirname(file), path.join(root, to)), file)
}
