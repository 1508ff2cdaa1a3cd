import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { here, notRun } from '../requirements.ts'

/** What a trial found. */
export interface Figures {
  readonly seconds: number
  readonly iterations: number
  /** Faults by kind that were carried out. */
  readonly done: Readonly<Record<string, number>>
  /** Faults that ended otherwise, by `kind: outcome`. */
  readonly others: Readonly<Record<string, number>>
  /** Kinds of events. */
  readonly events: Readonly<Record<string, number>>
  readonly [figure: string]: unknown
}

const netns = path.join(here, 'netns.sh')
const vitest = path.join(here, '../node_modules/vitest/vitest.mjs')

/** Why trials of this target cannot be played here; undefined when they can. */
export function obstacleTo(target: 'etcd' | 'lab'): string | undefined {
  const isolation = spawnSync('bash', [netns, 'true'], {
    env: { ...process.env, NO_NS: '' },
    encoding: 'utf8',
  })
  if (isolation.status !== 0) return isolation.stderr
  const hasEtcd = spawnSync('etcd', ['--version']).status === 0
  return target === 'etcd' && !hasEtcd ? 'there is no program etcd (Debian: etcd-server)' : undefined
}

/** Plays a trial in a namespace of its own and prints its figures; undefined when that cannot be done here. */
export async function playTrial(target: 'etcd' | 'lab', seconds: number): Promise<Figures | undefined> {
  const obstacle = obstacleTo(target)
  if (obstacle !== undefined) {
    notRun(`${seconds} s of chaos on the ${target}`, obstacle)
    return undefined
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-trial-'))
  try {
    const file = path.join(folder, 'figures.json')
    await play(target, { ...process.env, NO_NS: '', TRIAL_SECONDS: String(seconds), TRIAL_FIGURES: file })
    const text = await readFile(file, 'utf8')
    process.stderr.write(`${seconds} s of chaos on the ${target}: ${text}\n`)
    return JSON.parse(text) as Figures
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function play(target: string, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = path.join(here, 'chaos')
  const config = ['--config', path.join(folder, 'vitest.config.ts'), '--dir', folder]
  const args = [netns, process.execPath, vitest, 'run', `${target}.trial.ts`, ...config]
  await promisify(execFile)('bash', args, { cwd: path.dirname(here), env }).catch(
    (error: { stdout: string; stderr: string }) => {
      throw new Error(`The trial failed.\n${error.stdout}\n${error.stderr}`)
    },
  )
}
