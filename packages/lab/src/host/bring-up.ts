import { setMaxListeners } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LabError, reasonOf } from '../lab-error.ts'
import { type LabOptions, labSettings } from '../lab-options.ts'
import { gatewayConfigFile } from '../lab-paths.ts'
import { gatewayUrl, type LabRecord } from '../lab-record.ts'
import { dataSourceText, portsFrom, services } from '../service.ts'
import { endLab } from './end-lab.ts'
import { endProcesses } from './end-processes.ts'
import { httpGetWithin } from './http-get.ts'
import { makeLabFiles } from './lab-files.ts'
import { isLive, LabRegistry } from './lab-registry.ts'
import { markOfSelf } from './process-mark.ts'
import { basePort, startInstance } from './start-instance.ts'
import { type StartedProgram, startProgram } from './start-program.ts'
import { labIdOf, labsFolder, recordFileOf } from './state-folder.ts'

/** Where a lab lives and whose it is. */
export interface LabHome {
  readonly directory: string
  /** Whether the lab made its folder unasked and removes it at the end. */
  readonly ownsDirectory: boolean
  /** Whether the lab ends together with this process. */
  readonly attached: boolean
}

const answersWithinMs = 5000

/** A lab that answers. */
export interface BroughtUp {
  readonly registry: LabRegistry
  readonly lab: LabRecord
}

/** Starts a lab and resolves once it answers. When something fails, everything that was started is ended first. */
export async function bringUp(options: LabOptions, home: LabHome): Promise<BroughtUp> {
  const registry = await recordLab(options, home)
  try {
    await makeLabFiles(home.directory)
    const programs = await startAll(registry, options.signal)
    const lab = await markUp(registry)
    if (!home.attached) await Promise.all(programs.map((program) => program.release()))
    return { registry, lab }
  } catch (error) {
    await endLab(registry)
    throw error
  }
}

async function markUp(registry: LabRegistry): Promise<LabRecord> {
  await registry.replace(async (record) => record && { ...record, phase: 'up' })
  return recordIn(registry)
}

async function recordIn(registry: LabRegistry): Promise<LabRecord> {
  const lab = await registry.read()
  if (lab) return lab
  throw new LabError('LAB_ABSENT', 'The lab was taken down while it started.', 'Start it again.')
}

/** Writes the record of the new lab. A folder has one lab at a time, or they would share its port files. */
async function recordLab(options: LabOptions, home: LabHome): Promise<LabRegistry> {
  const settings = labSettings(options)
  const starter = await markOfSelf()
  await mkdir(home.directory, { recursive: true })
  const folder = labsFolder(options.stateFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const id = await labIdOf(home.directory)
  const registry = new LabRegistry(await recordFileOf(home.directory, folder))
  await registry.replace(async (previous) => {
    if (previous && (await isLive(previous))) throw runsAlready(previous)
    return newRecord({ id, settings, starter }, home)
  })
  return registry
}

function newRecord(given: Pick<LabRecord, 'id' | 'settings' | 'starter'>, home: LabHome): LabRecord {
  const { directory, ownsDirectory } = home
  const createdAt = new Date().toISOString()
  return { ...given, directory, ownsDirectory, createdAt, phase: 'starting', processes: [] }
}

function runsAlready(lab: LabRecord): LabError {
  return new LabError(
    'LAB_RUNS_ALREADY',
    `A lab runs in '${lab.directory}' already, with its gateway on port ${lab.settings.gatewayPort}.`,
    'Take it down first, or choose another folder.',
  )
}

/** All at once: most of the time goes into starting Node. The first to fail stops the others. */
async function startAll(registry: LabRegistry, signal?: AbortSignal): Promise<StartedProgram[]> {
  const lab = await recordIn(registry)
  const failure = new AbortController()
  const giveUp = AbortSignal.any(signal ? [signal, failure.signal] : [failure.signal])
  // As many listeners as programs: more than ten are no leak here.
  setMaxListeners(0, giveUp)
  const common = { lab, recordFile: registry.file, signal: giveUp }
  const starts = [
    startProgram({ ...common, program: 'gateway', args: gatewayArgs(lab) }),
    ...instancesOf(lab).map(({ service, ports }) => startInstance({ ...common, service, ports })),
    ...(lab.settings.keeper ? [startProgram({ ...common, program: 'keeper', args: [] })] : []),
  ]
  try {
    const programs = await Promise.all(starts)
    await answers(lab, giveUp)
    return programs
  } catch (error) {
    failure.abort()
    const settled = await Promise.allSettled(starts)
    await endProcesses(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.process] : [])))
    throw error
  }
}

function gatewayArgs(lab: LabRecord): string[] {
  const { gatewayPort, unavailableStatus } = lab.settings
  return [
    '--ports',
    String(gatewayPort),
    '--config',
    gatewayConfigFile(lab.directory),
    ...(unavailableStatus === 503 ? ['--answer-503'] : []),
  ]
}

function instancesOf(lab: LabRecord) {
  return services.flatMap((service) =>
    Array.from({ length: lab.settings.instances }, (_, n) => {
      return { service, ports: portsFrom(basePort(lab, service), n) }
    }),
  )
}

/** A request that goes through every part of the lab. */
async function answers(lab: LabRecord, signal: AbortSignal): Promise<void> {
  const url = `${gatewayUrl(lab)}/showData`
  const until = performance.now() + answersWithinMs
  let last = ''
  while (performance.now() < until) {
    last = await bodyOf(url, signal)
    if (last === dataSourceText) return
    signal.throwIfAborted()
    await sleep(20, undefined, { signal })
  }
  throw new LabError(
    'LAB_START_FAILED',
    `The lab runs, but ${url} answers '${last}'.`,
    `See the logs in ${path.join(lab.directory, 'logs')}.`,
  )
}

async function bodyOf(url: string, signal: AbortSignal): Promise<string> {
  try {
    return (await httpGetWithin(answersWithinMs, url, signal)).body
  } catch (error) {
    return reasonOf(error)
  }
}
