import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ProcessIdentity } from '@squall/contract'
import { isAlive } from '@squall/procfs'
import { z } from 'zod'
import type { EtcdHost } from '../cluster-file.ts'

const hostState = z.object({ instance: z.int(), isUp: z.boolean() })
const processRecord = z.object({ pid: z.int(), startedAt: z.string() })

/** What is known about a host besides its processes. */
export type HostState = z.output<typeof hostState>

export async function readHostState(host: EtcdHost): Promise<HostState> {
  return (await readJson(fileOf(host, 'host.json'), hostState)) ?? { instance: 1, isUp: true }
}

export function writeHostState(host: EtcdHost, state: HostState): Promise<void> {
  return writeJson(fileOf(host, 'host.json'), state)
}

/** The member's process, when it runs. */
export async function runningProcess(host: EtcdHost): Promise<ProcessIdentity | undefined> {
  const mark = await readJson(fileOf(host, 'pid.json'), processRecord)
  return mark && isAlive(mark) ? mark : undefined
}

export function writeProcess(host: EtcdHost, mark: ProcessIdentity): Promise<void> {
  return writeJson(fileOf(host, 'pid.json'), mark)
}

export function dataFolder(host: EtcdHost): string {
  return fileOf(host, 'data')
}

export function logFile(host: EtcdHost): string {
  return fileOf(host, 'etcd.log')
}

/** The state of the member that ran here is gone for good. */
export function wipeData(host: EtcdHost): Promise<void> {
  return rm(dataFolder(host), { recursive: true, force: true })
}

function fileOf(host: EtcdHost, name: string): string {
  return path.join(host.folder, name)
}

async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Readers see the old content or the new one, also when this process is killed in the middle. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  await writeFile(fresh, text)
  await rename(fresh, file)
}

function writeJson(file: string, value: unknown): Promise<void> {
  return writeWhole(file, `${JSON.stringify(value)}\n`)
}
