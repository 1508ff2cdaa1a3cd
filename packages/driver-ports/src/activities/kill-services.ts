import { type ActivityContext, defineAction, type Targets } from '@squall/contract'
import { z } from 'zod'
import { commonArguments, endingArguments, integerArgument, seedArgument } from '../argument-types.ts'
import { findCandidates } from '../candidates.ts'
import { seedText, shuffled } from '../choice.ts'
import { raiseGuard } from '../guard.ts'
import { readPortFile } from '../port-file.ts'
import { preview } from '../preview.ts'
import { killResult } from '../results.ts'
import { emptyHanded, protecting, type Selection } from '../selection.ts'
import type { System } from '../system.ts'
import { targetTexts } from '../target-texts.ts'
import { type Victim, victimText } from '../victim.ts'
import { killSelected } from './kill-selected.ts'

const args = z.strictObject({
  num: integerArgument.prefault(1).describe('How many services; below 1 nothing is done.'),
  port_file_path: z.string().min(1).describe('File with one port per line.'),
  seed: seedArgument,
  ...endingArguments('SIGKILL'),
  ...commonArguments,
})

const result = killResult.extend({ ports: z.array(z.number()).describe('The ports that were chosen.') })

export function killServices(system: System) {
  return defineAction({
    summary: 'Kills what listens on some of the ports that a file lists, chosen by chance.',
    args,
    result,
    targets: (given, context) => preview(targetsOf(given, system, context)),
    run: async (given, context) => {
      if (given.num < 1) return nothingToDo(given.num, context)
      const services = await findServices(given, protecting(system, context), context)
      const seed = seedText(given.seed, context.random)
      const ports = choosePorts(services, given.num, seed)
      const selection = { ...services, victims: victimsOn(ports, services), seed }
      return { ...(await killSelected(selection, given, system, context)), ports }
    },
  })
}

type Args = z.output<typeof args>

interface Services extends Omit<Selection, 'seed'> {
  /** Every port of the file, in ascending order. */
  readonly listed: readonly number[]
  /** Those of them on which something listens that may be killed. */
  readonly live: ReadonlySet<number>
}

async function findServices(given: Args, system: System, { directory }: ActivityContext): Promise<Services> {
  const ports = await readPortFile(given.port_file_path, directory)
  const guard = await raiseGuard(system, { otherUsers: given.other_users })
  const selector = { by: 'port', ports, otherNamespaces: given.other_namespaces } as const
  const { victims, refused, missing } = await findCandidates(selector, { system, guard })
  return {
    guard,
    victims,
    refused,
    missing: ports.length === 0 ? [`'${given.port_file_path}' lists no port`] : missing,
    chosenFrom: victims.length,
    listed: [...ports].sort((a, b) => a - b),
    live: new Set(victims.flatMap(({ endpoints }) => endpoints.map(({ port }) => port))),
  }
}

/**
 * The seed orders all listed ports, and the first ones that something listens on are taken: files go stale, and "kill
 * one" means one that is there.
 */
function choosePorts({ listed, live }: Services, num: number, seed: string): number[] {
  return shuffled(listed, seed)
    .filter((port) => live.has(port))
    .slice(0, num)
}

async function targetsOf(given: Args, system: System, context: ActivityContext): Promise<Targets> {
  if (given.num < 1) return []
  const guarded = protecting(system, context)
  const services = await findServices(given, guarded, context)
  const { live, victims } = services
  if (live.size === 0) return { unknown: emptyHanded(services) }
  if (given.num >= live.size) return targetTexts(victims, guarded, context)
  if (given.seed !== undefined) {
    const ports = choosePorts(services, given.num, String(given.seed))
    return targetTexts(victimsOn(ports, services), guarded, context)
  }
  const names = victims.map(victimText).join('; ')
  return { unknown: `${given.num} of ${live.size} ports, chosen when it runs: ${names}` }
}

function nothingToDo(num: number, { log }: ActivityContext): z.output<typeof result> {
  log.info(`Nothing to kill: num is ${num}.`)
  return { killed: [], chosen_from: 0, seed: null, refused: [], missing: [`num is ${num}`], ports: [] }
}

function victimsOn(ports: readonly number[], { victims }: Services): readonly Victim[] {
  return victims.filter(({ endpoints }) => endpoints.some(({ port }) => ports.includes(port)))
}
