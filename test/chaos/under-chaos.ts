import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type ChaosNews, openChaosService, type UndoPort } from '../../packages/chaos/src/index.ts'
import type { Cluster, Driver, Fault, FaultOutcome } from '../../packages/contract/src/index.ts'
import { lawContext, UndoRecorder } from '../../packages/testkit/src/index.ts'
import type { Figures } from './play-trial.ts'

export const { clock } = lawContext()
export const trialSeconds = Number(process.env['TRIAL_SECONDS'] ?? '30')

/** Runs chaos on a cluster until its time is over, and counts what it did. */
export async function underChaos(driver: Driver, cluster: Cluster, parameters: object): Promise<Figures> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-chaos-'))
  const counts = new Counts()
  const seed = 20_261_129
  const undo = undoPort(driver)
  const service = await openChaosService({
    cluster: counts.on(cluster),
    clock,
    folder,
    seed,
    undo,
    engine: { backoff: 'engine' },
  })
  try {
    service.subscribe((news) => counts.note(news))
    await service.start({
      ...parameters,
      TimeToRunInSeconds: String(trialSeconds),
      Context: { Map: { reason: 'trial' } },
    })
    const deadline = clock.monotonic() + (trialSeconds + 120) * 1000
    while (counts.events['Stopped'] === undefined && clock.monotonic() < deadline) await clock.sleep(200)
    await service.settled()
    return counts.figures()
  } finally {
    await service.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export async function reportFigures(figures: Figures): Promise<void> {
  const file = process.env['TRIAL_FIGURES']
  if (file) await writeFile(file, JSON.stringify(figures))
}

class Counts {
  readonly events: Record<string, number> = {}
  readonly #done: Record<string, number> = {}
  readonly #others: Record<string, number> = {}
  readonly #reasons: string[] = []
  #iterations = 0

  note(news: ChaosNews): void {
    if (news.type === 'event') return this.#noteEvent(news.event)
    this.#iterations += 1
  }

  /** The same cluster, whose faults are counted as they end. */
  on(cluster: Cluster): Cluster {
    return {
      ...(cluster.faults && { faults: cluster.faults }),
      ...(cluster.kinds && { kinds: cluster.kinds }),
      snapshot: (context) => cluster.snapshot(context),
      upgrading: (context) => cluster.upgrading(context),
      inject: async (fault, context) => {
        const answer = await cluster.inject(fault, context)
        this.#noteFault(fault, answer)
        return answer
      },
    }
  }

  #noteFault(fault: Fault, { outcome, reason }: FaultOutcome): void {
    const kind = fault.kind === 'driver' ? fault.name : fault.kind
    if (outcome === 'done') return add(this.#done, kind)
    add(this.#others, `${kind}: ${outcome}`)
    this.#noteReason(`${kind}: ${reason}`)
  }

  #noteReason(reason: string): void {
    if (this.#reasons.length < 10) this.#reasons.push(reason)
  }

  figures(): Figures {
    return {
      seconds: trialSeconds,
      iterations: this.#iterations,
      done: this.#done,
      others: this.#others,
      events: this.events,
      reasons: this.#reasons,
    }
  }

  #noteEvent(event: Extract<ChaosNews, { type: 'event' }>['event']): void {
    add(this.events, event.kind)
    const isTrouble = event.kind === 'TestError' || event.kind === 'ValidationFailed'
    if (isTrouble) this.#noteReason(`${event.kind}: ${event.reason}`)
  }
}

function add(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1
}

/** Plays what a fault registered when it is over, by the driver's own undo functions. */
function undoPort(driver: Driver): UndoPort {
  return {
    begin: () => {
      const undos = new UndoRecorder()
      return {
        register: async (func, args) => undos.register(func, args),
        settle: async () => {
          for (const { func, args } of undos.records.toReversed()) {
            await driver.undo?.[func]?.run(args, lawContext())
          }
        },
      }
    },
  }
}
