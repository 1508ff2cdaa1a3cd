import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { crashExperiment } from './crash-experiment.mjs'
import { eventually, isPaused, processesWith, type RunningProcess } from './machine.ts'

const here = import.meta.dirname

/** The command as it is installed. */
export const squallFile: string = path.join(here, '../../packages/squall/bin/squall.js')

/** What the runner is told; see run-and-die.mjs. */
export interface Order {
  /** The number of the record after which it kills itself. Absent: it is left to the test, or not killed at all. */
  readonly dieAfter?: number
  /** The number of the undo after whose registration it kills itself. */
  readonly dieAfterUndo?: number
  /** Where the log goes at the end. Default: where the stage looks for it. `false`: nowhere. */
  readonly eventLog?: false
  /** Whether it kills its watchdog first. */
  readonly withWatchdog?: boolean
  /** Milliseconds that mending the last file takes. */
  readonly slowMend?: number
  /** Options of `runExperiment`. */
  readonly options?: object
  /** Further keys of the experiment. */
  readonly more?: object
}

interface StartOptions {
  readonly detached?: boolean
  readonly env?: NodeJS.ProcessEnv
  readonly stderr?: 'inherit' | 'ignore'
}

/** A place where one run is played and killed: files, processes to pause, and a state folder of its own. */
export class Stage implements AsyncDisposable {
  readonly folder: string
  readonly #sleepers: readonly ChildProcess[]
  readonly #started: ChildProcess[] = []

  private constructor(folder: string, sleepers: readonly ChildProcess[]) {
    this.folder = folder
    this.#sleepers = sleepers
  }

  static async set(): Promise<Stage> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-crash-'))
    const stage = new Stage(
      folder,
      [1, 2].map(() => spawn('sleep', ['600'], { stdio: 'ignore' })),
    )
    await mkdir(stage.elsewhere)
    for (const name of stage.files) await writeFile(name, 'whole\n')
    return stage
  }

  get files(): string[] {
    return ['a', 'b', 'c', 'd'].map((name) => path.join(this.folder, name))
  }

  /** Processes that the run pauses. */
  get pids(): number[] {
    return this.#sleepers.map(({ pid }) => pid ?? 0)
  }

  get journalPath(): string {
    return path.join(this.folder, 'out/journal.json')
  }

  /** Where the log of the run is kept once it has ended. */
  get keptLog(): string {
    return path.join(this.folder, 'log')
  }

  get runsFolder(): string {
    return path.join(this.folder, 'state/squall/runs')
  }

  /** A folder that has nothing to do with the run. */
  get elsewhere(): string {
    return path.join(this.folder, 'elsewhere')
  }

  /** Stands in the environment of everything that the run starts, the watchdog included. */
  get mark(): string {
    return `SQUALL_CRASH_STAGE=${this.folder}`
  }

  get environment(): NodeJS.ProcessEnv {
    // Certificates cost a start of Node more than everything else together.
    const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...own } = process.env
    return {
      ...own,
      HOME: this.folder,
      XDG_STATE_HOME: path.join(this.folder, 'state'),
      SQUALL_CRASH_STAGE: this.folder,
    }
  }

  /** The words that start the runner. */
  runner(order: Order = {}): string[] {
    const { folder, pids, journalPath, keptLog: eventLog } = this
    const all = { folder, pids, journalPath, eventLog, ...order }
    return [process.execPath, path.join(here, 'run-and-die.mjs'), JSON.stringify(all)]
  }

  /** The words that start the same run by the command. */
  async command(): Promise<string[]> {
    const file = path.join(this.folder, 'experiment.json')
    await writeFile(
      file,
      JSON.stringify(crashExperiment({ folder: this.folder, pids: this.pids, slowMend: 0 })),
    )
    const places = ['--journal-path', this.journalPath, '--event-log', this.keptLog]
    return [process.execPath, squallFile, 'run', file, ...places]
  }

  /** Starts the runner. */
  run(order: Order = {}): ChildProcess {
    return this.start(this.runner(order))
  }

  /** Starts one more healer, from another folder. */
  recover(): ChildProcess {
    return this.start([process.execPath, path.join(here, 'recover.mjs')])
  }

  start(
    [program = '', ...words]: readonly string[],
    { detached = false, env = {}, stderr = 'inherit' }: StartOptions = {},
  ): ChildProcess {
    const child = spawn(program, words, {
      cwd: this.elsewhere,
      env: { ...this.environment, ...env },
      stdio: ['ignore', 'pipe', stderr],
      detached,
    })
    this.#started.push(child)
    return child
  }

  /** The watchdog of the run, if there is one. */
  watchdog(): RunningProcess | undefined {
    return processesWith(this.mark).find(({ command }) => command.includes('watchdog'))
  }

  /** The runs that lie in the state folder. One that died while it made its folder has done nothing and is none. */
  unfinished(): string[] {
    const runs = existsSync(this.runsFolder) ? readdirSync(this.runsFolder) : []
    return runs.filter((run) =>
      namesIn(path.join(this.runsFolder, run)).some((name) => name !== 'run.json.part'),
    )
  }

  /** Whether a healer has claimed the run. */
  isBeingHealed(): boolean {
    const [run] = this.unfinished()
    return run !== undefined && namesIn(path.join(this.runsFolder, run)).includes('healer-1.lock')
  }

  /** The log of the run while it goes on, or lies there unfinished. */
  logText(): string {
    const [run] = this.unfinished()
    if (run === undefined) return ''
    try {
      return readFileSync(path.join(this.runsFolder, run, '000001.log'), 'utf8')
    } catch {
      // It is not there yet, or no longer.
      return ''
    }
  }

  /** Whether all that the run broke is whole again, nothing is paused and no child of it runs. */
  isAsBefore(): boolean {
    const isWhole = (file: string): boolean => lastLineOf(file) !== 'broken'
    return this.files.every(isWhole) && !this.pids.some(isPaused) && this.#children().length === 0
  }

  /** Whether the run has broken a file, or done all its harm. */
  isBroken(name?: string): boolean {
    if (name !== undefined) return lastLineOf(path.join(this.folder, name)) === 'broken'
    const isDone = this.files.every((file) => lastLineOf(file) === 'broken') && this.pids.every(isPaused)
    return isDone && this.#children().length > 2
  }

  #children(): RunningProcess[] {
    return processesWith(this.mark).filter(({ command }) => command.includes('sleep 300'))
  }

  /** Resolves once nothing of the run is left: no process of it and no log of an unfinished run. */
  async untilSettled(limitMs = 15_000): Promise<void> {
    const left = (): string[] => [
      ...this.unfinished().map((run) => `${run} with ${namesIn(path.join(this.runsFolder, run)).join(' ')}`),
      ...processesWith(this.mark).map(({ pid, command }) => `${pid} ${command}`),
    ]
    await eventually(
      'nothing is left of the run',
      () => (left().length === 0 ? true : undefined),
      limitMs,
    ).catch((error: Error) => {
      throw new Error(`${error.message} There is ${left().join(', ')}.`)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { pid } of processesWith(this.mark)) end(pid)
    for (const child of [...this.#sleepers, ...this.#started]) child.kill('SIGKILL')
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // It was put away meanwhile.
    return []
  }
}

function lastLineOf(file: string): string | undefined {
  return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)
}

/** How a program ended. */
export interface End {
  readonly output: string
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Resolves to what a program printed and how it ended. */
export async function ended(child: ChildProcess): Promise<End> {
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { output, code, signal }
}

/** It may have ended by itself meanwhile. */
export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}
