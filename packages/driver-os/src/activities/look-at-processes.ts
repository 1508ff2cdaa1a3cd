import { ActivityFailed, defineProbe } from '@squall/contract'
import { z } from 'zod'
import { findProcess, shortText } from '../find-target.ts'
import type { OsSystem } from '../os-system.ts'
import { rounded } from '../percent.ts'
import { isSameProcess, type ProcessFacts, type ProcessUsage } from '../process-table.ts'
import { checkTarget, targetArguments, windowArgument } from '../target-arguments.ts'

const limit = z.union([z.int(), z.literal('unlimited')])

export function processUsage(system: OsSystem) {
  return defineProbe({
    summary: 'What one process used while it was watched: CPU, memory, threads, open files.',
    args: z.strictObject({ ...targetArguments, seconds: windowArgument }).superRefine(checkTarget),
    result: z.object({
      pid: z.int(),
      percent: z.number().describe('CPU time of the time that passed; 100 is one core.'),
      resident: z.int().describe('Bytes in memory.'),
      threads: z.int(),
      open_files: z.int().nullable().describe('Null when they are not ours to see.'),
      open_files_limit: limit.describe('The soft limit.'),
      frozen: z.boolean(),
    }),
    run: async (given, context) => {
      const { clock, signal } = context
      const facts = await findProcess(given, system, context)
      const [began, before] = [clock.monotonic(), usageOf(facts, system)]
      await clock.sleep(given.seconds * 1000, signal)
      const after = usageOf(facts, system)
      const lasted = (clock.monotonic() - began) / 1000
      return {
        pid: facts.pid,
        percent: rounded(((cpuSeconds(after) - cpuSeconds(before)) / lasted) * 100),
        resident: after.resident,
        threads: after.threads,
        open_files: after.openFiles?.length ?? null,
        open_files_limit: after.softOpenFiles,
        frozen: system.processes.find(facts.pid)?.isStopped ?? false,
      }
    },
  })
}

export function processes({ readings }: OsSystem) {
  return defineProbe({
    summary: 'The processes whose name or command line holds a text.',
    args: z.strictObject({ match: z.string().min(1).describe('The text.') }),
    result: z.array(
      z.object({
        pid: z.int(),
        parent: z.int(),
        name: z.string(),
        command: z.string(),
        user: z.string(),
        state: z.string(),
        resident: z.int().describe('Bytes in memory.'),
      }),
    ),
    run: async ({ match }) =>
      (await readings.processes())
        .filter(({ name, command }) => name.includes(match) || command.includes(match))
        .map((row) => ({ ...row })),
  })
}

function usageOf(facts: ProcessFacts, { processes: table }: OsSystem): ProcessUsage {
  const now = table.find(facts.pid)
  const usage = table.usage(facts.pid)
  if (usage && now && isSameProcess(now, facts)) return usage
  throw new ActivityFailed(`${shortText(facts)} has ended.`)
}

function cpuSeconds({ userSeconds, systemSeconds }: ProcessUsage): number {
  return userSeconds + systemSeconds
}
