import { LabError } from '../lab-error.ts'
import { labDirectoryOf } from '../lab-paths.ts'
import type { LabProcess, ProcessMark } from '../lab-record.ts'
import type { Service } from '../service.ts'
import { endProcesses, notEnded } from './end-processes.ts'
import { allRegistries, isLive, LabRegistry } from './lab-registry.ts'
import { runningOf } from './process-mark.ts'
import { startInstance } from './start-instance.ts'
import { labsFolder, recordFileOf } from './state-folder.ts'
import { taggedProcesses, tagVariable } from './tagged-processes.ts'

/** How to find a lab that runs. Without anything it is the only one. */
export interface LabSearch {
  readonly directory?: string | undefined
  /** One of its port files: the lab's folder is the parent of the file's folder. Comes before `directory`. */
  readonly portsFile?: string | undefined
  /** Where labs are recorded. Default: the `squall` folder in the user's state folder. */
  readonly stateFolder?: string | undefined
}

/** A lab that runs. */
export interface FoundLab {
  readonly directory: string
  /** The file in which it is recorded. */
  readonly recordFile: string
}

/**
 * Finds a lab: the one of the named folder, or the only one that runs. Throws `LabError` (`LAB_ABSENT`,
 * `LAB_AMBIGUOUS`).
 */
export async function findLab(search: LabSearch = {}): Promise<FoundLab> {
  const directory = search.portsFile === undefined ? search.directory : labDirectoryOf(search.portsFile)
  const folder = labsFolder(search.stateFolder)
  const found =
    directory === undefined ? await runningLabs(folder) : await labOf(await recordFileOf(directory, folder))
  const [only, ...others] = found
  if (!only) throw noLab(directory)
  if (others.length > 0) throw severalLabs(found)
  return only
}

async function labOf(recordFile: string): Promise<FoundLab[]> {
  const lab = await new LabRegistry(recordFile).read()
  return lab ? [{ directory: lab.directory, recordFile }] : []
}

async function runningLabs(labsFolder: string): Promise<FoundLab[]> {
  const found: FoundLab[] = []
  for (const registry of await allRegistries(labsFolder)) {
    const lab = await registry.read()
    if (lab && (await isLive(lab))) found.push({ directory: lab.directory, recordFile: registry.file })
  }
  return found
}

/** One more instance of a service of a running lab. */
export interface ServiceStart {
  readonly recordFile: string
  readonly service: Service
  readonly port: number
  /** Default: the lab's own file for that service. */
  readonly portsFile?: string | undefined
  /** A name chosen beforehand, by which `stopService` finds it whatever happened. */
  readonly tag: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Starts an instance that outlives this process; resolves once it answers and is listed. Throws `LabError`
 * (`LAB_PORT_BUSY`) when the port is taken.
 */
export async function startService(start: ServiceStart): Promise<LabProcess> {
  const { recordFile, service, port, portsFile, tag, signal } = start
  const registry = new LabRegistry(recordFile)
  const lab = await registry.read()
  if (!lab) throw new LabError('LAB_ABSENT', 'The lab has been taken down.', 'Start it again.')
  try {
    const program = await startInstance({ service, lab, recordFile, ports: [port], portsFile, tag, signal })
    await program.release()
    return program.process
  } catch (error) {
    // One that was given up right after it had registered is still listed.
    await registry.sweep()
    throw error
  }
}

/** Stops the instance that was started with a tag, if it still runs, and unlists its port. Returns whether it ran. */
export async function stopService({ recordFile, tag, process }: TaggedService): Promise<boolean> {
  const registry = new LabRegistry(recordFile)
  const recorded = (await registry.read())?.processes.filter((one) => one.tag === tag) ?? []
  const strays = await taggedProcesses(tagVariable, tag)
  const running = await runningOf([...recorded, ...strays, ...(process ? [process] : [])])
  const endings = await endProcesses(running)
  for (const mark of recorded) await registry.unregister(mark)
  if (!endings.includes('still running')) return running.length > 0
  throw notEnded(running)
}

/** An instance that was started with a tag. */
export interface TaggedService {
  readonly recordFile: string
  readonly tag: string
  /** Which process it is, once that is known: systems other than Linux do not tell what bears a tag. */
  readonly process?: ProcessMark | undefined
}

function noLab(directory: string | undefined): LabError {
  const where = directory === undefined ? '' : ` in '${directory}'`
  return new LabError('LAB_ABSENT', `No lab runs${where}.`, 'Start one first.')
}

function severalLabs(labs: readonly FoundLab[]): LabError {
  return new LabError(
    'LAB_AMBIGUOUS',
    `${labs.length} labs run: ${labs.map(({ directory }) => directory).join(', ')}.`,
    'Name the folder of the one that is meant.',
  )
}
