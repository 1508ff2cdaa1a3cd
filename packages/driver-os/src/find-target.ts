import path from 'node:path'
import { type ActivityContext, ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { objectionTo } from './guard.ts'
import type { OsSystem } from './os-system.ts'
import type { ProcessFacts } from './process-table.ts'
import type { TargetWish } from './target-arguments.ts'

type Surroundings = Pick<ActivityContext, 'directory' | 'protectedPids'>

/** Finds the process that is meant. Rejects with `ActivityFailed` when there is none. */
export async function findProcess(
  wish: TargetWish,
  { processes, files }: OsSystem,
  { directory }: Surroundings,
): Promise<ProcessFacts> {
  const { pid_file: file } = wish
  const pid =
    file === undefined ? Number(wish.pid) : pidIn(await files.text(path.resolve(directory, file)), file)
  const facts = processes.find(pid)
  if (!facts) throw new ActivityFailed(`There is no process ${pid} that this user can see.`)
  return facts
}

/** Finds the process that is meant. Rejects with `ActivityFailed` when there is none or it must not be touched. */
export async function findTarget(
  wish: TargetWish & { readonly other_users: boolean },
  system: OsSystem,
  context: Surroundings,
): Promise<ProcessFacts> {
  const facts = await findProcess(wish, system, context)
  const objection = objectionTo(facts, system.processes, context, wish.other_users)
  if (objection !== null) throw new ActivityFailed(`${shortText(facts)} is left alone: ${objection}.`)
  return facts
}

/** How a process is named to a person: in full, since the core compares it with what is protected. */
export function targetText({ pid, command, name }: ProcessFacts): string {
  return `pid ${pid} (${command || name})`
}

/** How a process is named in a sentence. */
export function shortText({ pid, command, name }: ProcessFacts): string {
  const line = (command || name).replace(/\s+/g, ' ')
  return `pid ${pid} (${line.length > 80 ? `${line.slice(0, 79)}…` : line})`
}

export function identityOf({ pid, startedAt }: ProcessFacts): ProcessIdentity {
  return { pid, startedAt }
}

function pidIn(text: string | null, file: string): number {
  if (text === null) throw new ActivityFailed(`The pid file '${file}' cannot be read.`)
  const pid = Number(text.trim())
  if (!Number.isInteger(pid) || pid < 1) throw new ActivityFailed(`The pid file '${file}' holds no pid.`)
  return pid
}
