import path from 'node:path'
import { type ActivityContext, ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { ancestorsOf, objectionTo as commonObjectionTo } from '@squall/procfs'
import type { InspectorSystem } from './inspector-system.ts'
import type { ProcessFacts, ProcessTable } from './process-table.ts'
import type { TargetWish } from './target-arguments.ts'

/** Finds the process that is meant. Rejects with `ActivityFailed` when there is none or it must not be touched. */
export async function findTarget(
  wish: TargetWish,
  system: InspectorSystem,
  context: Pick<ActivityContext, 'directory' | 'protectedPids'>,
): Promise<ProcessFacts> {
  const pid = wish.pid ?? (await pidElsewhere(wish, system, context.directory))
  const { processes } = system
  const facts = processes.find(pid)
  if (!facts) throw new ActivityFailed(`There is no process ${pid} that this user can see.`)
  const objection = objectionTo(facts, wish, processes, context.protectedPids)
  if (objection !== null) throw new ActivityFailed(`${targetText(facts)} is left alone: ${objection}.`)
  return facts
}

/** How a process is named to a person. */
export function targetText({ pid, command }: ProcessFacts): string {
  return `pid ${pid} (${command.length > 80 ? `${command.slice(0, 79)}…` : command})`
}

export function identityOf({ pid, startedAt }: ProcessFacts): ProcessIdentity {
  return { pid, startedAt }
}

async function pidElsewhere(
  { pid_file: file, port }: TargetWish,
  system: InspectorSystem,
  directory: string,
): Promise<number> {
  if (file !== undefined) return pidIn(await system.readText(path.resolve(directory, file)), file)
  const pid = system.processes.listenerOf(port ?? 0)
  if (pid === null) throw new ActivityFailed(`Nobody that this user can see listens on port ${port}.`)
  return pid
}

function pidIn(text: string | null, file: string): number {
  if (text === null) throw new ActivityFailed(`The pid file '${file}' cannot be read.`)
  const pid = Number(text.trim())
  if (!Number.isInteger(pid) || pid < 1) throw new ActivityFailed(`The pid file '${file}' holds no pid.`)
  return pid
}

/** Every reason not to touch a process. */
function objectionTo(
  facts: ProcessFacts,
  { other_users: otherUsers }: TargetWish,
  { self, find }: ProcessTable,
  protectedPids: readonly number[] | undefined,
): string | null {
  const ancestors = ancestorsOf(self.pid, (pid) => find(pid)?.parent)
  return commonObjectionTo(facts, { self, ancestors, protectedPids, otherUsers }) ?? objectionToProgram(facts)
}

function objectionToProgram({ program, isReachable, isStopped }: ProcessFacts): string | null {
  if (!/^node(?:js)?[\d.]*$/.test(program))
    return `it runs '${program || 'something unknown'}', which is not Node.js`
  if (!isReachable) return 'it is in another network namespace, where its inspector cannot be reached'
  return isStopped ? 'it is paused, so it could not answer' : null
}
