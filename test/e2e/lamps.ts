import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { eventually } from '../crash/machine.ts'
import type { Project } from './squall.ts'

/**
 * A module for experiments: lamps are files that say what happened to them, a line each. `putOut` registers how the lamp
 * is lit again, and takes `seconds`. As long as there is a file `stuck` in its folder, `light` throws.
 */
const lampModule = `import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folder = import.meta.dirname
const fileOf = (lamp) => path.join(folder, lamp)
const linesOf = (lamp) => readFileSync(fileOf(lamp), 'utf8').trim().split('\\n')

export async function putOut({ lamp, seconds = 0, later = 0 }, { undo, signal }) {
  await undo('light', { lamp })
  await sleep(later, signal)
  appendFileSync(fileOf(lamp), 'out\\n')
  await sleep(seconds, signal)
  return lamp
}
putOut.targets = ({ lamp }) => [lamp]

export async function light({ lamp, slowly = existsSync(fileOf('slow')) }) {
  if (slowly) await sleep(1.5)
  if (existsSync(fileOf('stuck'))) throw new Error('the switch is stuck')
  if (linesOf(lamp).at(-1) === 'lit') return 'not needed'
  appendFileSync(fileOf(lamp), 'lit\\n')
}

export async function look({ lamp }) {
  return linesOf(lamp).at(-1)
}

export async function secretly({ lamp }) {
  appendFileSync(fileOf(lamp), 'secretly out\\n')
}

function sleep(seconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()))
  })
}
`

const hall = 'lit\n'

/** Files of a project with two lamps that are lit. */
export const lamps: Readonly<Record<string, string>> = { 'lamps.mjs': lampModule, hall, porch: hall }

/** An activity that calls a function of the lamps. */
export function lamp(
  type: 'probe' | 'action',
  func: 'putOut' | 'look' | 'secretly',
  args: { lamp: string; seconds?: number; later?: number },
  more: object = {},
): object {
  const provider = { type: 'node', module: './lamps.mjs', func, arguments: args }
  return { type, name: `${func} ${args.lamp}`, provider, ...more }
}

export function putOut(name: string, seconds = 0, more: object = {}): object {
  return lamp('action', 'putOut', { lamp: name, seconds }, more)
}

/** What happened to a lamp so far. */
export function storyOf({ folder }: Pick<Project, 'folder'>, name: string): string[] {
  return readFileSync(path.join(folder, name), 'utf8').trim().split('\n')
}

export async function untilItSays(dir: Pick<Project, 'folder'>, name: string, last: string): Promise<void> {
  await eventually(`${name} is ${last}`, () => storyOf(dir, name).at(-1) === last || undefined)
}

/** Folders of logs of runs that have not ended. */
export function unfinished({ home }: Pick<Project, 'home'>): string[] {
  const folder = path.join(home, '.local', 'state', 'squall', 'runs')
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Paths and contents of everything below a folder. */
export function contentsOf(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name)
      return [path.relative(folder, file), readFileSync(file, 'latin1')]
    }),
  )
}
