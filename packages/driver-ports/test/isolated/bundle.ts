import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rolldown } from 'rolldown'

/** Bundles scenarios from source, with all they import, into a new folder that every user may read. */
export async function bundleScenarios(names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'squall-ports-'))
  await chmod(folder, 0o755)
  const bundle = await rolldown({
    input: Object.fromEntries(
      [...names, 'player'].map((name) => [name, path.join(import.meta.dirname, `${name}.ts`)]),
    ),
    platform: 'node',
    resolve: { conditionNames: ['@squall/source', 'node', 'import', 'default'] },
  })
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  })
  await bundle.close()
  return folder
}
