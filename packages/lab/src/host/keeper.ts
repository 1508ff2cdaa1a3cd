import { setTimeout as sleep } from 'node:timers/promises'
import {
  type KeeperPlan,
  type KeeperState,
  nothingMissing,
  planKeeping,
  type Sighting,
} from '../keeper-plan.ts'
import { LabError, reasonOf } from '../lab-error.ts'
import type { LabProcess, LabRecord } from '../lab-record.ts'
import { portsFrom, type Service, services } from '../service.ts'
import { endProcesses, killProcess } from './end-processes.ts'
import { isHealthy } from './http-get.ts'
import type { LabRegistry } from './lab-registry.ts'
import type { ProgramCall } from './program-call.ts'
import type { ProgramLog } from './program-log.ts'
import { basePort, startInstance } from './start-instance.ts'

/** An instance that misses two health checks in a row counts as frozen: one may be a busy machine. */
const missesAllowed = 1
const retriesAfterMs = 1000

/** Keeps the stated number of healthy instances of each service, from the service's own ports. */
export class Keeper {
  readonly #registry: LabRegistry
  readonly #log: ProgramLog
  readonly #pace: Pace
  readonly #ending = new AbortController()
  readonly #states: Record<Service, KeeperState> = { datasource: nothingMissing, showdata: nothingMissing }
  readonly #starting: Record<Service, number> = { datasource: 0, showdata: 0 }
  readonly #replacements = new Set<Promise<void>>()
  readonly #children: LabProcess[] = []
  #lastTrouble = ''

  static async of(call: ProgramCall, log: ProgramLog): Promise<Keeper> {
    const lab = await call.registry?.read()
    if (call.registry && lab) return new Keeper(call.registry, lab, log)
    throw new LabError('LAB_ABSENT', 'The keeper has no lab to keep.', 'It is started by the lab itself.')
  }

  constructor(registry: LabRegistry, lab: LabRecord, log: ProgramLog) {
    this.#registry = registry
    this.#log = log
    this.#pace = paceOf(lab.settings.recoverWithinMs)
  }

  /** Looks after the lab until `end` is called, or until the lab has been taken down. */
  async keep(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const began = performance.now()
      try {
        const lab = await this.#registry.read()
        if (!lab) return
        if (lab.phase === 'up') await this.#round()
      } catch (error) {
        this.#report(reasonOf(error))
      }
      // A check that timed out is repeated at once: a frozen instance should not take long to be sure of.
      await this.#pause(Math.max(10, this.#pace.everyMs - (performance.now() - began)))
    }
  }

  /** Stops looking and ends the instances it started. */
  async end(): Promise<void> {
    this.#ending.abort()
    await Promise.all(this.#replacements)
    await endProcesses(this.#children)
    for (const child of this.#children) await this.#registry.unregister(child)
  }

  async #round(): Promise<void> {
    await this.#registry.sweep()
    // Taken before looking: what starts meanwhile may be counted twice, but never not at all.
    const starting = { ...this.#starting }
    const lab = await this.#registry.read()
    if (!lab) return
    await Promise.all(services.map((service) => this.#look(service, lab, starting[service])))
  }

  async #look(service: Service, lab: LabRecord, starting: number): Promise<void> {
    const sightings = await this.#sight(lab.processes.filter((process) => process.service === service))
    const { instances, recoverAfterMs } = lab.settings
    const now = performance.now()
    const rules = { instances, recoverAfterMs, missesAllowed }
    const plan = planKeeping(this.#states[service], { now, sightings, starting }, rules)
    this.#tellNews(service, this.#states[service], plan, lab)
    this.#states[service] = plan.state
    for (let n = 0; n < plan.start; n += 1) this.#replace(service, lab, plan.kill[n])
  }

  #sight(instances: readonly LabProcess[]): Promise<Sighting[]> {
    return Promise.all(
      instances.map(async ({ pid, startedAt, port }) => {
        return { pid, startedAt, port, answered: await isHealthy({ pid, port }, this.#pace.patienceMs) }
      }),
    )
  }

  #replace(service: Service, lab: LabRecord, frozen: Sighting | undefined): void {
    this.#starting[service] += 1
    const replacement = this.#startAnother(service, lab, frozen).finally(() => {
      this.#starting[service] -= 1
      this.#replacements.delete(replacement)
    })
    this.#replacements.add(replacement)
  }

  async #startAnother(service: Service, lab: LabRecord, frozen: Sighting | undefined): Promise<void> {
    try {
      if (frozen) await this.#removeFrozen(service, frozen)
      const started = await startInstance({
        service,
        lab,
        recordFile: this.#registry.file,
        ports: portsFrom(basePort(lab, service)),
        signal: this.#ending.signal,
      })
      await started.release()
      this.#children.push(started.process)
      this.#log(`${service}: started process ${started.process.pid} on port ${started.process.port}.`)
    } catch (error) {
      if (this.#ending.signal.aborted) return
      this.#report(`${service}: could not start another: ${reasonOf(error)}`)
      await this.#pause(retriesAfterMs)
    }
  }

  async #removeFrozen(service: Service, frozen: Sighting): Promise<void> {
    this.#log(`${service}: process ${frozen.pid} on port ${frozen.port} does not answer; killing it.`)
    await killProcess(frozen)
    await this.#registry.unregister(frozen)
  }

  #tellNews(service: Service, before: KeeperState, plan: KeeperPlan, lab: LabRecord): void {
    const { instances, recoverAfterMs, recoverWithinMs } = lab.settings
    const missing = plan.state.missingSince.length
    if (missing > before.missingSince.length) {
      const waits = recoverAfterMs > 0 ? `; acts in ${recoverAfterMs} ms` : ''
      this.#log(`${service}: ${missing} of ${instances} missing${waits}.`)
    }
    if (plan.restoredAfterMs === undefined) return
    const late = plan.restoredAfterMs > recoverAfterMs + recoverWithinMs ? ', later than promised' : ''
    this.#log(`${service}: complete again after ${Math.round(plan.restoredAfterMs)} ms${late}.`)
  }

  /** Says what goes wrong, but not the same thing every round. */
  #report(trouble: string): void {
    if (trouble !== this.#lastTrouble) this.#log(trouble)
    this.#lastTrouble = trouble
  }

  async #pause(milliseconds: number): Promise<void> {
    // Cut short when the keeper ends, which its loop notices by itself.
    await sleep(milliseconds, undefined, { signal: this.#ending.signal }).catch(() => undefined)
  }
}

interface Pace {
  /** Time from the begin of one round to the next. */
  readonly everyMs: number
  /** How long an instance may take to answer a health check. */
  readonly patienceMs: number
}

/** Two rounds with a check that times out, and a start, fit into the promised time. */
function paceOf(recoverWithinMs: number): Pace {
  return {
    everyMs: Math.min(500, recoverWithinMs / 10),
    patienceMs: Math.min(1000, recoverWithinMs / 5),
  }
}
