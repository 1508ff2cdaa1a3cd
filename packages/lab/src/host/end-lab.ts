import { rm } from 'node:fs/promises'
import type { LabProcess, LabRecord, ProcessMark } from '../lab-record.ts'
import { isErrno } from './atomic-file.ts'
import { type Ending, endProcesses, notEnded } from './end-processes.ts'
import { clearLabFiles } from './lab-files.ts'
import type { LabRegistry } from './lab-registry.ts'
import { runningOf } from './process-mark.ts'
import { labVariable, type TaggedProcess, taggedProcesses } from './tagged-processes.ts'

/** A process that was ended with its lab. */
export interface EndedProcess {
  readonly pid: number
  readonly program: string
  readonly port: number | null
  readonly by: Exclude<Ending, 'still running'>
}

/** A lab that was taken down. */
export interface EndedLab {
  readonly directory: string
  readonly ended: readonly EndedProcess[]
}

/** Rounds in which processes may still turn up that were being started when the end began. */
const rounds = 10

interface Target extends ProcessMark {
  readonly program: string
  readonly port: number | null
}

/** Ends every process of a lab and removes its record; undefined when it was gone already. */
export async function endLab(registry: LabRegistry): Promise<EndedLab | undefined> {
  const lab = await registry.read()
  if (!lab) return undefined
  const began = await livingOf(registry, lab)
  const ended: EndedProcess[] = []
  for (let round = 0; round < rounds; round += 1) {
    const targets = await livingOf(registry, lab)
    if (targets.length === 0 && (await registry.close(removeFiles))) {
      return { directory: lab.directory, ended: [...ended, ...endedByKeeper(began, ended)] }
    }
    // The keeper goes first, or it would replace what is ended here.
    const keepers = targets.filter(({ program }) => program === 'keeper')
    ended.push(...(await endAll(keepers.length > 0 ? keepers : targets)))
  }
  throw notEnded(await livingOf(registry, lab))
}

/** A keeper that ends takes the instances with it that it started. */
function endedByKeeper(began: readonly Target[], ended: readonly EndedProcess[]): EndedProcess[] {
  return began
    .filter(({ pid }) => !ended.some((one) => one.pid === pid))
    .map(({ pid, program, port }) => ({ pid, program, port, by: 'SIGTERM' }))
}

async function removeFiles(lab: LabRecord): Promise<void> {
  if (lab.ownsDirectory) return rm(lab.directory, { recursive: true, force: true })
  try {
    await clearLabFiles(lab.directory)
  } catch (error) {
    // Somebody removed the folder, or part of it, while the lab was running.
    if (!isErrno(error, 'ENOENT')) throw error
  }
}

/** What is recorded, now or when the end began, and what bears the lab's name in its environment. */
async function livingOf(registry: LabRegistry, lab: LabRecord): Promise<Target[]> {
  const recorded = [...lab.processes, ...((await registry.read())?.processes ?? [])].map(targetOf)
  const all = [...recorded, ...(await taggedProcesses(labVariable, lab.id)).map(strayTarget)]
  return runningOf(all)
}

function targetOf(process: LabProcess): Target {
  return { ...process, program: process.service }
}

function strayTarget(stray: TaggedProcess): Target {
  return { ...stray, port: null }
}

async function endAll(targets: readonly Target[]): Promise<EndedProcess[]> {
  const endings = await endProcesses(targets)
  return targets.flatMap(({ pid, program, port }, index) => {
    const by = endings[index]
    return by === undefined || by === 'still running' ? [] : [{ pid, program, port, by }]
  })
}
