import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa, type Options } from 'execa'
import { here } from '../requirements.ts'

export const squallFile: string = path.join(here, '../packages/squall/bin/squall.js')

export interface Project extends AsyncDisposable {
  readonly folder: string
  readonly home: string
  /** Starts the command in the project. Its exit code is for the test to judge. */
  squall(words: readonly string[], options?: Options): Started
}

/** A command that was started: resolves to how it ended. */
export interface Started extends Promise<Ended> {
  readonly pid?: number
  kill(signal: NodeJS.Signals): boolean
}

export interface Ended {
  readonly exitCode?: number
  readonly signal?: string
  readonly stdout: string
  readonly stderr: string
}

/** A temporary folder with files and an empty home beside it. */
export async function project(files: Readonly<Record<string, unknown>> = {}): Promise<Project> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'squall-e2e-'))
  const folder = path.join(root, 'project')
  const home = path.join(root, 'home')
  const { mkdir } = await import('node:fs/promises')
  await Promise.all([mkdir(folder), mkdir(home)])
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return {
    folder,
    home,
    squall: (words, { env, ...options } = {}) =>
      execa(process.execPath, [squallFile, ...words], {
        cwd: folder,
        env: { HOME: home, XDG_STATE_HOME: undefined, XDG_CONFIG_HOME: undefined, ...env },
        stdin: 'ignore',
        timeout: 30_000,
        ...options,
        reject: false,
      }) as unknown as Started,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  }
}

/** A probe or action that runs a shell command. */
export function shell(name: string, command: string, more: object = {}): object {
  return {
    type: 'action',
    name,
    provider: { type: 'process', path: 'sh', arguments: ['-c', command] },
    ...more,
  }
}

export function experiment(more: object = {}): object {
  return { title: 'An experiment', description: 'For a test.', method: [], ...more }
}
