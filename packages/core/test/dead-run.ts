import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Journal, JsonObject, ProcessIdentity, RunEvent, RunEventBody } from '@squall/contract'
import { openEventLog, readEventLog } from '@squall/event-log'
import { type Healing, healRun } from '../src/recovery/heal-run.ts'
import { type RunCard, writeCard } from '../src/recovery/run-card.ts'
import { scratchFolder } from './scratch-folder.ts'
import { VirtualClock } from './virtual-clock.ts'

const runner = { pid: 4_000_000, startedAt: 'long ago' }

/** What a runner left that was killed: the events that are given, and a card. */
export class DeadRun {
  readonly root: string
  #healers = 0

  private constructor(root: string) {
    this.root = root
  }

  static async after(
    bodies: (run: DeadRun) => readonly RunEventBody[],
    card: Partial<RunCard> = {},
  ): Promise<DeadRun> {
    const run = new DeadRun(await scratchFolder())
    await mkdir(run.folder, { recursive: true })
    await writeCard(run.folder, { ...run.#card(), ...card })
    await using log = await openEventLog<RunEvent>(run.folder)
    for (const [index, body] of bodies(run).entries())
      log.append({ seq: index + 1, time: 1000 + index, ...body })
    return run
  }

  get folder(): string {
    return path.join(this.root, 'runs/one')
  }

  get journalPath(): string {
    return path.join(this.root, 'journal.json')
  }

  get keptLog(): string {
    return path.join(this.root, 'log')
  }

  /** Named in arguments of the driver's undos. */
  get obstacle(): string {
    return path.join(this.root, 'obstacle')
  }

  get traceFile(): string {
    return path.join(this.root, 'trace')
  }

  /** What was done, line by line. */
  async trace(): Promise<string[]> {
    if (!existsSync(this.traceFile)) return []
    return (await readFile(this.traceFile, 'utf8')).trimEnd().split('\n')
  }

  async heal(
    environment: Record<string, string> = {},
    isAlive: (process: ProcessIdentity) => boolean = () => false,
  ): Promise<Healing> {
    this.#healers += 1
    const clock = new VirtualClock()
    const self = { pid: 100 + this.#healers, startedAt: 'now' }
    const token = `healer ${this.#healers}`
    return clock.passUntil(healRun(this.folder, { self, token, isAlive, clock, environment }))
  }

  async journal(): Promise<Journal> {
    return JSON.parse(await readFile(this.journalPath, 'utf8'))
  }

  /** The log, wherever it lies now. */
  async events(): Promise<RunEvent[]> {
    const folder = existsSync(this.keptLog) ? this.keptLog : this.folder
    return (await readEventLog<RunEvent>(folder, { damage: 'skip' })).records
  }

  /** Names of the runs whose log lies in the state folder. */
  unfinished(): Promise<string[]> {
    return readdir(path.dirname(this.folder))
  }

  started(experiment: JsonObject = {}, rollbacks = 'default'): RunEventBody {
    return {
      type: 'run-started',
      run: 'r',
      squallVersion: '0.0.0',
      platform: 'Linux',
      node: 'here',
      experiment: { title: 'T', description: 'D', method: [], ...experiment },
      strategies: { hypothesis: 'default', rollbacks },
      seed: 'seed',
    }
  }

  registered(undo: number, thing: string, func = 'mend'): RunEventBody {
    return {
      type: 'undo-registered',
      undo,
      activity: `harm ${thing}`,
      driver: { package: 'mending', version: '1.0.0', file: driverFile },
      func,
      arguments: {
        trace: this.traceFile,
        thing,
        obstacle: this.obstacle,
        claim: path.join(this.folder, 'healer-99.lock'),
      },
    }
  }

  /** An action of the driver, for rollbacks. */
  harm(thing: string): JsonObject {
    const provider = { type: 'mending', func: 'harm', arguments: { trace: this.traceFile, thing } }
    return { type: 'action', name: `harm ${thing}`, provider }
  }

  #card(): RunCard {
    const { journalPath, keptLog: keepLogIn, root } = this
    return {
      format: 1,
      runner,
      journalPath,
      keepLogIn,
      rollbacksOnCrash: false,
      drivers: [],
      directory: root,
      workingDirectory: root,
    }
  }
}

const driverFile = fileURLToPath(new URL('./mending-driver.mjs', import.meta.url))
