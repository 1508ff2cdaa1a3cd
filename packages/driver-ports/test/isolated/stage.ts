import { type ChildProcess, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@squall/contract'
import { TestContext } from '../activity-context.ts'

/** Exit code of a scenario that cannot be played here. */
export const notRunCode = 3

const fixtures = process.env['SQUALL_FIXTURES'] ?? 'packages/driver-ports/test/fixtures'

export const nobody = { uid: 65_534, gid: 65_534 }

/** A program of a scenario. Whatever is still there when the scenario ends is ended with it. */
export interface Actor {
  readonly pid: number
  /** What it printed after `ready`. */
  readonly says: string
  isAlive(): boolean
  end(): Promise<void>
}

/** Starts a fixture and waits until it is ready. */
export async function start(file: string, ...args: readonly (string | number)[]): Promise<Actor> {
  return launch(process.execPath, [path.join(fixtures, file), ...args.map(String)])
}

/** Starts a fixture as the user nobody. */
export async function startAsNobody(file: string, ...args: readonly (string | number)[]): Promise<Actor> {
  return launch(process.execPath, [path.join(fixtures, file), ...args.map(String)], nobody)
}

export async function launch(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Actor> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  await once(child, 'spawn')
  if (child.stdout === null) throw new Error('no output to read')
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('ready')) return actorOf(child, line.slice('ready'.length).trim())
  }
  throw new Error(`${program} ${args.join(' ')} ended before it was ready`)
}

/** Starts programs that need no waiting for, such as `sleep`. */
export function startMany(count: number, program: string, args: readonly string[]): readonly Actor[] {
  return Array.from({ length: count }, () => {
    const child = spawn(program, args, { stdio: 'ignore' })
    children.add(child)
    return actorOf(child, '')
  })
}

/** The letter of a process's state, such as `T` for stopped; null when it is gone. */
export function stateOf(pid: number): string | null {
  try {
    return /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? null
  } catch {
    return null
  }
}

/** A context with real time. */
export function realContext(): TestContext {
  return new TestContext({ clock: realClock, signal: AbortSignal.timeout(60_000) })
}

/** Waits for something that comes about by itself; fails after five seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`still not so after 5 s: ${what}`)
    await sleep(5)
  }
}

/** What the scenario was given when it was played by `replay`. */
export const replayArguments: readonly string[] = process.argv.slice(3)

/** Plays the same scenario in another process and hands back what it printed. */
export function replay(args: readonly string[], user: { uid?: number; gid?: number } = {}): string {
  const [, player = '', scenario = ''] = process.argv
  return execFileSync(process.execPath, [player, scenario, ...args], { ...user, encoding: 'utf8' })
}

/** Ends the scenario as one that cannot be played on this machine. */
export function notRun(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(notRunCode)
}

/** The pids in a list of victims, in ascending order. */
export function pidsIn(victims: unknown): readonly number[] {
  return (victims as readonly { pid: number }[]).map(({ pid }) => pid).sort((a, b) => a - b)
}

export function hasProgram(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal }).catch(() => signal?.throwIfAborted())
  },
}

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

function actorOf(child: ChildProcess, says: string): Actor {
  const { pid } = child
  if (pid === undefined) throw new Error('a program did not start')
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null
  return {
    pid,
    says,
    isAlive,
    end: async () => {
      child.kill('SIGKILL')
      if (isAlive()) await once(child, 'exit')
    },
  }
}
