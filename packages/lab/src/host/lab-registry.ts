import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { LabError } from '../lab-error.ts'
import type { ProcessMark } from '../lab-record.ts'
import { type LabProcess, type LabRecord, sameProcess, withoutProcesses, withProcess } from '../lab-record.ts'
import { readIfPresent, replaceFile } from './atomic-file.ts'
import { removeLock, withLock } from './claim-lock.ts'
import { listInstance, unlistInstance } from './lab-files.ts'
import { isRunning, runningOf } from './process-mark.ts'

/** The record of one lab, shared by all its processes. Changes are made under a lock and in one step. */
export class LabRegistry {
  readonly file: string
  readonly #lock: string

  constructor(file: string) {
    this.file = file
    this.#lock = file.replace(/\.json$/, '.lock')
  }

  /** Undefined once the lab has been taken down. */
  async read(): Promise<LabRecord | undefined> {
    const text = await readIfPresent(this.file)
    return text === undefined ? undefined : (JSON.parse(text) as LabRecord)
  }

  /** Lets `decide` see the present record and say which one takes its place; undefined leaves it. */
  async replace(decide: (record: LabRecord | undefined) => Promise<LabRecord | undefined>): Promise<void> {
    await withLock(this.#lock, async () => {
      const record = await decide(await this.read())
      if (record) await this.#write(record)
    })
  }

  /** Adds a process and lists its port; processes that died unseen are cleared away on the way. */
  async register(added: LabProcess): Promise<void> {
    await this.replace(async (record) => {
      if (!record) {
        throw new LabError('LAB_ABSENT', `The lab of '${this.file}' has been taken down.`, 'Start it again.')
      }
      const cleared = await clearDead(record)
      // Recorded before it is listed: should this process die in between, whoever comes next knows of it.
      await this.#write(withProcess(cleared, added))
      await listInstance(record.directory, added)
      return undefined
    })
  }

  /** Removes a process and its port. Returns whether it was there. */
  async unregister(mark: ProcessMark): Promise<boolean> {
    let was = false
    await this.replace(async (record) => {
      const gone = record?.processes.find((process) => sameProcess(process, mark))
      if (!record || !gone) return undefined
      was = true
      await unlist(record, [gone])
      return withoutProcesses(record, [gone])
    })
    return was
  }

  /** Removes processes that are dead, and their ports. */
  async sweep(): Promise<void> {
    const record = await this.read()
    if (!record || (await deadOf(record)).length === 0) return
    await this.replace(async (current) => (current ? clearDead(current) : undefined))
  }

  /** Clears up and removes the record, unless a process has registered meanwhile. Returns whether it is gone. */
  async close(clearUp: (record: LabRecord) => Promise<void>): Promise<boolean> {
    const closed = await withLock(this.#lock, async () => {
      const record = await this.read()
      if (!record) return true
      if ((await runningOf(record.processes)).length > 0) return false
      await clearUp(record)
      await rm(this.file, { force: true })
      return true
    })
    if (closed) await removeLock(this.#lock)
    return closed
  }

  #write(record: LabRecord): Promise<void> {
    return replaceFile(this.file, `${JSON.stringify(record, null, 2)}\n`)
  }
}

/** The records of all labs of this user. */
export async function allRegistries(labsFolder: string): Promise<LabRegistry[]> {
  const names = await readdir(labsFolder).catch(() => [])
  return names
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .toSorted()
    .map((name) => new LabRegistry(path.join(labsFolder, name)))
}

/** Tells whether something of a lab runs, or somebody is starting it. */
export async function isLive(lab: LabRecord): Promise<boolean> {
  if (lab.phase === 'starting' && (await isRunning(lab.starter))) return true
  return (await Promise.all(lab.processes.map(isRunning))).includes(true)
}

async function deadOf(record: LabRecord): Promise<LabProcess[]> {
  const running = await Promise.all(record.processes.map(isRunning))
  return record.processes.filter((_, index) => !running[index])
}

async function clearDead(record: LabRecord): Promise<LabRecord> {
  const dead = await deadOf(record)
  await unlist(record, dead)
  return withoutProcesses(record, dead)
}

/** A port that a living instance has taken over since stays listed. */
async function unlist(record: LabRecord, gone: readonly LabProcess[]): Promise<void> {
  const { processes } = withoutProcesses(record, gone)
  for (const one of gone) {
    if (!processes.some((process) => process.port === one.port)) await unlistInstance(record.directory, one)
  }
}
