import { promises } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { systemClock } from '@squall/core'
import type { ChaosEvent, ChaosService, Simulator } from '../../chaos-parts.ts'
import { settleDown } from '../../host/settle-down.ts'
import { untilInterrupted } from '../../host/until-interrupted.ts'
import { type ChaosParts, loadChaosParts } from '../../load-chaos-parts.ts'
import { chaosEventText, tallyText } from '../../terminal/chaos-view.ts'
import { safe } from '../../terminal/paint.ts'
import type { CommandContext } from '../command-context.ts'
import { registryOf, settingsOf } from '../find-project.ts'
import { chaosLog } from './chaos-log.ts'
import type { EngineOptions, ParameterOptions, TargetOptions } from './chaos-options.ts'
import { type ChaosTally, Tallier } from './chaos-tally.ts'
import { connectTarget } from './connect-target.ts'
import { openService } from './open-service.ts'
import { readJsonFile } from './read-json.ts'
import { toldOutcomes } from './told-outcomes.ts'
import { VirtualClock } from './virtual-clock.ts'
import { startOptions, wireParameters } from './wire-parameters.ts'

export interface RehearseOptions extends TargetOptions, EngineOptions, ParameterOptions {
  /** Virtual seconds. */
  readonly time: number
  readonly schedule?: string
  readonly json?: boolean
}

interface Rehearsal {
  readonly tally: ChaosTally
  /** Faults at the same time at most. */
  readonly mostAtOnce: number
  /** Why candidates were refused, by reason, and how often. */
  readonly refused: Readonly<Record<string, number>>
  /** Quorum and data losses of the twin: none, if the safety rules hold. */
  readonly violations: readonly unknown[]
}

/** `squall chaos rehearse`: chaos on the simulated twin of a target, in virtual time; 1 when quorum or data were lost. */
export async function rehearseCommand(options: RehearseOptions, context: CommandContext): Promise<number> {
  const { terminal, paint } = context
  const parts = await loadChaosParts()
  const folder = await promises.mkdtemp(path.join(os.tmpdir(), 'squall-rehearsal-'))
  try {
    const rehearsal = await rehearse(options, folder, parts, context)
    if (options.json) terminal.out(`${JSON.stringify(rehearsal, null, 2)}\n`)
    else terminal.out(`\n${tallyText(rehearsal.tally, paint)}${extrasText(rehearsal)}`)
    return rehearsal.violations.length === 0 ? 0 : 1
  } finally {
    await promises.rm(folder, { recursive: true, force: true })
  }
}

async function rehearse(
  options: RehearseOptions,
  folder: string,
  parts: ChaosParts,
  context: CommandContext,
): Promise<Rehearsal> {
  const start = systemClock.now()
  const clock = new VirtualClock(start)
  const twin = await twinOf(options, clock, parts, context)
  const watched = new Watched(twin, parts, context, options.json === true)
  const registry = await registryOf(context, {}, { named: options.driver })
  const scope = { parts, registry, clock, context, target: { cluster: twin }, folder }
  const replay = `squall chaos rehearse --target ${options.target} --seed {seed}`
  const chaos = await openService(options, { ...scope, cluster: watched.cluster, replay })
  chaos.subscribe((news) => {
    if (news.type === 'event') watched.event(news.event)
    else watched.refusals(news.record.plan.slots.flatMap(({ trials }) => trials))
  })
  const directory = context.terminal.workingDirectory
  if (options.schedule === undefined)
    await chaos.start(await wireParameters(options, directory), startOptions(options))
  else {
    const schedule = await readJsonFile(path.resolve(directory, options.schedule))
    await chaos.setSchedule(
      'Schedule' in schedule ? { ...schedule, Version: 0 } : { Version: 0, Schedule: schedule },
    )
  }
  await play(chaos, clock, start + options.time * 1000)
  const { stopped: _stopped, ...tally } = watched.tally
  const violations = twin.violations()
  await chaos.close()
  return { tally, mostAtOnce: watched.mostAtOnce, refused: watched.refused, violations }
}

/** Lets virtual time pass, step by step: nothing may still be under way when the clock goes on. */
async function play(chaos: ChaosService, clock: VirtualClock, end: number): Promise<void> {
  do await untilIdle(chaos)
  while (clock.advance(end))
}

/** What was under way may have led to more. */
async function untilIdle(chaos: ChaosService): Promise<void> {
  for (let done: Promise<void> | undefined; done !== chaos.flushed(); ) {
    done = chaos.flushed()
    await done
    await settleDown()
  }
}

async function twinOf(
  options: RehearseOptions,
  clock: VirtualClock,
  parts: ChaosParts,
  context: CommandContext,
): Promise<Simulator> {
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  const log = chaosLog(context)
  const { signal } = untilInterrupted()
  if (options.target === 'simulated') {
    const { cluster } = await connectTarget(options, { parts, registry, clock, context, log, signal })
    return cluster as Simulator
  }
  const real = await connectTarget(options, { parts, registry, clock: systemClock, context, log, signal })
  try {
    const snapshot = await real.cluster.snapshot({ clock: systemClock, log, signal })
    return new parts.Simulator({ clock, topology: parts.twinOf(snapshot), seed: options.seed ?? 0 })
  } finally {
    await real.cluster.close?.()
  }
}

/** Sees everything that a rehearsal is about. */
class Watched {
  readonly cluster: ReturnType<typeof toldOutcomes>
  readonly refused: Record<string, number> = {}
  mostAtOnce = 0
  readonly #tallier = new Tallier()
  readonly #show: (event: ChaosEvent) => void

  constructor(twin: Simulator, parts: ChaosParts, { terminal, paint }: CommandContext, isQuiet: boolean) {
    let underway = 0
    const told = toldOutcomes(twin, (fault, outcome) => this.#tallier.outcome(fault, outcome))
    this.cluster = {
      ...told,
      inject: async (fault, context) => {
        underway += 1
        this.mostAtOnce = Math.max(this.mostAtOnce, underway)
        return told.inject(fault, context).finally(() => {
          underway -= 1
        })
      },
    }
    this.#show = (event) => {
      if (isQuiet || event.kind === 'Waiting') return
      const time = parts.isoOf(parts.unixMsOf(BigInt(event.ticks)))
      terminal.err(chaosEventText(event, time, parts.faultText, paint))
    }
  }

  get tally(): ChaosTally {
    return this.#tallier.tally
  }

  event(event: ChaosEvent): void {
    this.#tallier.event(event)
    this.#show(event)
  }

  refusals(trials: readonly { readonly kind: string; readonly reason?: string }[]): void {
    for (const { kind, reason } of trials) {
      if (reason === undefined) continue
      const key = `${kind}: ${reason}`
      this.refused[key] = (this.refused[key] ?? 0) + 1
    }
  }
}

function extrasText({ mostAtOnce, refused, violations }: Rehearsal): string {
  const reasons = Object.entries(refused).map(([reason, count]) => `  ${count} times ${safe(reason)}\n`)
  const losses =
    violations.length === 0
      ? 'No quorum and no data was lost.\n'
      : `${violations.length} losses of quorum or data.\n`
  return `${mostAtOnce} faults at once at most.\n${reasons.length > 0 ? `Refused:\n${reasons.join('')}` : ''}${losses}`
}
