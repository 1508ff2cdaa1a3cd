import type { ClusterSnapshot, Fault } from '@squall/contract'
import { chanceOf } from '../chance/seeded-chance.ts'
import { Chooser } from './chooser.ts'
import { type Category, type Dice, type DriverFace, diceOf } from './dice.ts'
import { markedView } from './marked-view.ts'
import type { IterationPlan, PlannedFault, PlanRequest, Slot } from './plan-request.ts'
import { roll } from './roll.ts'

/**
 * Chooses the faults of one iteration (4.3): a function of its arguments. Kinds that a driver brings have a die and
 * chance of their own, rolled first for each slot; the seven are chosen as if there were none, what fell on slots that
 * the driver's die took is left out, and the driver's faults come last, from what may then still be faulted.
 */
export function planIteration(snapshot: ClusterSnapshot, request: PlanRequest): IterationPlan {
  const { seed, iteration, parameters, options = {}, offer = {} } = request
  const dice = diceOf(parameters, options, offer)
  const count = slotCount(snapshot, parameters.maxConcurrentFaults)
  const faces = driverFaces(request, dice, count)
  const seven = chooseSeven(snapshot, request, dice, count).filter((_, at) => isSeven(faces[at]))
  const own = chooseDrivers(snapshot, request, dice, { faces, seven })
  const slots = [...seven, ...own]
  const chosen = slots.flatMap(({ fault }) => (fault ? [fault] : []))
  return { seed, iteration, slots, faults: withDelays(chosen, request) }
}

/**
 * Chooses one more fault for an iteration, after the cluster itself refused one (`not-now`). `already` are all faults
 * of the iteration so far, the refused ones included; `attempt` counts from 1.
 */
export function planAnother(
  snapshot: ClusterSnapshot,
  request: PlanRequest,
  { already, attempt }: { readonly already: readonly Fault[]; readonly attempt: number },
): IterationPlan {
  const { seed, iteration, parameters, options = {}, offer = {} } = request
  const dice = diceOf(parameters, options, offer)
  const chance = chanceOf(seed, iteration, `again ${attempt}`)
  const chooser = new Chooser(markedView(snapshot, request), request, dice, chance)
  for (const fault of already) chooser.mark(fault)
  const category = roll(dice.category, chance)
  const slot = category && chooser.choose(category)
  const faults = slot?.fault ? [{ fault: slot.fault, delayMs: 0 }] : []
  return { seed, iteration, faults, slots: slot ? [slot] : [] }
}

/** Each fault marks one entity at least, so more slots than there are entities give nothing more. */
function slotCount({ nodes, replicas, codePackages }: ClusterSnapshot, wanted: number): number {
  return Math.min(wanted, nodes.length + replicas.length + codePackages.length)
}

function driverFaces({ seed, iteration }: PlanRequest, dice: Dice, count: number): readonly DriverFace[] {
  if (dice.driver.length === 0) return []
  const chance = chanceOf(seed, iteration, 'driver kinds')
  return Array.from({ length: count }, () => roll(dice.driver, chance) ?? 'seven')
}

function isSeven(face: DriverFace | undefined): boolean {
  return face === undefined || face === 'seven'
}

function chooseSeven(
  snapshot: ClusterSnapshot,
  request: PlanRequest,
  dice: Dice,
  count: number,
): readonly Slot[] {
  const chance = chanceOf(request.seed, request.iteration, 'choice')
  const categories = rollCategories(dice, count, chance)
  const chooser = new Chooser(markedView(snapshot, request), request, dice, chance)
  const failures = new Map<Category, number>()
  return categories.map((category) => {
    const failed = failures.get(category) ?? 0
    if (failed >= mostFailures) return { category, trials: [] }
    const slot = chooser.choose(category)
    failures.set(category, failuresAfter(slot, failed, chooser))
    return slot
  })
}

function failuresAfter({ category, fault }: Slot, failed: number, chooser: Chooser): number {
  if (fault) return 0
  return category !== 'driver' && chooser.hasCandidates(category) ? failed + 1 : mostFailures
}

/** A category that failed so many slots in a row, ten trials each, is given up: millions of slots may have been asked for. */
const mostFailures = 20

/** All categories are rolled before any entity is looked at (4.3). */
function rollCategories(dice: Dice, count: number, chance: { next(): number }): readonly Category[] {
  const rolled: Category[] = []
  for (let slot = 0; slot < count; slot++) {
    // The original's die between workload and faults always gives faults here, but draws its number (4.2).
    chance.next()
    const category = roll(dice.category, chance)
    if (category === undefined) break
    rolled.push(category)
  }
  return rolled
}

function chooseDrivers(
  snapshot: ClusterSnapshot,
  request: PlanRequest,
  dice: Dice,
  { faces, seven }: { readonly faces: readonly DriverFace[]; readonly seven: readonly Slot[] },
): readonly Slot[] {
  const kinds = faces.flatMap((face) => (face === 'seven' ? [] : [face]))
  if (kinds.length === 0) return []
  const chance = chanceOf(request.seed, request.iteration, 'driver choice')
  const chooser = new Chooser(markedView(snapshot, request), request, dice, chance)
  for (const { fault } of seven) if (fault) chooser.mark(fault)
  return kinds.map((kind) => chooser.chooseDriver(kind))
}

/** Waits have chance of their own, so that they do not move the choice (4.6). */
function withDelays(faults: readonly Fault[], request: PlanRequest): readonly PlannedFault[] {
  const chance = chanceOf(request.seed, request.iteration, 'fault waits')
  const longestMs = request.parameters.waitTimeBetweenFaultsSeconds * 1000
  return faults.map((fault) => ({ fault, delayMs: Math.floor(chance.next() * longestMs) }))
}
