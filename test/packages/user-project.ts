import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import type { LocalRegistry } from './local-registry.ts'

export interface Ended {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** An empty npm project of somebody who installs our packages. */
export interface UserProject extends AsyncDisposable {
  readonly folder: string
  write(files: Readonly<Record<string, unknown>>): Promise<void>
  /** Runs a program in the project; `squall` and other commands of installed packages are found by name. */
  run(program: string, ...words: readonly string[]): Promise<Ended>
}

/** Makes a project and installs packages into it with plain npm. Projects may share the `cache` of npm, a folder. */
export async function userProject(
  registry: LocalRegistry,
  packages: readonly string[],
  { cache }: { readonly cache?: string } = {},
): Promise<UserProject> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'squall-user-'))
  const folder = path.join(root, 'project')
  const home = path.join(root, 'home')
  await Promise.all([mkdir(folder), mkdir(home)])
  const project: UserProject = {
    folder,
    async write(files) {
      for (const [name, content] of Object.entries(files)) {
        const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2)
        await writeFile(path.join(folder, name), text)
      }
    },
    async run(program, ...words) {
      const { exitCode, stdout, stderr } = await execa(program, words, {
        cwd: folder,
        env: { ...userEnvironment(home, registry), ...(cache ? { npm_config_cache: cache } : {}) },
        extendEnv: false,
        preferLocal: true,
        localDir: folder,
        stdin: 'ignore',
        timeout: 120_000,
        reject: false,
      })
      return { exitCode, stdout, stderr }
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
  await project.write({ 'package.json': { name: 'shop', private: true } })
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund']
  const { exitCode, stderr } = await project.run('npm', 'install', ...quietly, ...packages)
  if (exitCode !== 0) throw new Error(`npm install ${packages.join(' ')}: ${exitCode}\n${stderr}`)
  return project
}

/** The environment on a machine with Node and npm: nothing of the npm that started this run, and no other registry. */
export function userEnvironment(home: string, { url }: LocalRegistry): NodeJS.ProcessEnv {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const kept = ['SystemRoot', 'TMPDIR', 'TEMP'].map((name) => [name, process.env[name]])
  return {
    ...Object.fromEntries(kept),
    PATH: folders.filter((folder) => !folder.includes('node_modules')).join(path.delimiter),
    HOME: home,
    NO_COLOR: '1',
    npm_config_registry: url,
    npm_config_update_notifier: 'false',
  }
}
