import path from 'node:path'
import { execa } from 'execa'
import { here } from '../requirements.ts'

/** Plays commands in one shell, in a namespace that ends with it: servers go on until then, on whatever port they like. */
export async function playIsolated(
  commands: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly exitCode: number | undefined; readonly output: string }> {
  const { exitCode, all } = await execa(path.join(here, 'netns.sh'), ['sh', '-c', commands.join('\n')], {
    cwd: folder,
    env,
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  })
  return { exitCode, output: String(all) }
}
