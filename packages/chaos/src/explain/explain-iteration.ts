import type { ClusterSnapshot } from '@squall/contract'
import { faultText } from '../faults/fault-text.ts'
import { diceOf } from '../plan/dice.ts'
import { planIteration } from '../plan/plan-iteration.ts'
import type { IterationPlan, PlanRequest, Slot } from '../plan/plan-request.ts'
import { entitiesOf, explained, viewAfter } from './explain-entity.ts'

/** Why an iteration got the faults it got. */
export interface IterationExplanation {
  readonly plan: IterationPlan
  /** What each roll led to, in order, for a person. */
  readonly rolls: readonly string[]
  /** By kind: how many entities could be chosen before the first fault, and what stood against the others. */
  readonly kinds: readonly KindExplanation[]
}

export interface KindExplanation {
  readonly kind: string
  readonly eligible: number
  readonly refused: readonly RefusalCount[]
}

export interface RefusalCount {
  readonly predicate: string
  readonly section: string
  readonly count: number
  /** One of them. */
  readonly example: { readonly entity: string; readonly reason: string }
}

/** Chooses the faults of an iteration as the engine does, and explains the choice from the predicates it was made by. */
export function explainIteration(snapshot: ClusterSnapshot, request: PlanRequest): IterationExplanation {
  const plan = planIteration(snapshot, request)
  return { plan, rolls: plan.slots.map(rollText), kinds: explainKinds(snapshot, request) }
}

function rollText({ category, trials, fault }: Slot, at: number): string {
  const failed = trials.filter(({ reason }) => reason !== undefined)
  const tries = [...new Set(failed.map(({ kind, reason }) => `${kind}: ${reason}`))].join('; ')
  const behind = tries === '' ? '' : ` (tried before: ${tries})`
  if (fault) return `Roll ${at + 1}, ${category} fault: ${faultText(fault)}${behind}.`
  const why = tries === '' ? 'nothing of the kind is left' : `${failed.length} trials: ${tries}`
  return `Roll ${at + 1}, ${category} fault: none, ${why}.`
}

function explainKinds(snapshot: ClusterSnapshot, request: PlanRequest): readonly KindExplanation[] {
  const view = viewAfter(snapshot, request, [])
  const dice = diceOf(request.parameters, request.options ?? {}, request.offer ?? {})
  const kinds = new Map<string, { eligible: number; refused: Map<string, RefusalCount> }>()
  for (const entry of entitiesOf(view)) {
    for (const { kind, entity, refusal } of explained(entry, view, request, dice)) {
      const known = kinds.get(kind) ?? { eligible: 0, refused: new Map() }
      kinds.set(kind, known)
      if (!refusal) known.eligible++
      else {
        const { predicate, section, reason } = refusal
        const before = known.refused.get(predicate)
        const example = before?.example ?? { entity, reason }
        known.refused.set(predicate, { predicate, section, count: (before?.count ?? 0) + 1, example })
      }
    }
  }
  return [...kinds].map(([kind, { eligible, refused }]) => ({
    kind,
    eligible,
    refused: [...refused.values()],
  }))
}
