import type { ClusterSnapshot } from '@squall/contract'
import { refused } from '../parameters/read-fields.ts'
import type { ChoiceOptions, ExclusionLists, FaultOffer, KindChoice } from './choice-options.ts'
import { sevenKinds } from './dice.ts'

const dice = ['node-faults', 'service-faults', 'seven']

/** Refuses names of kinds that neither the seven nor the cluster's own have. Throws `SQUALL_CHAOS_PARAMETER`. */
export function checkKinds(
  { include = [], exclude = [], weights = {} }: KindChoice,
  offer: FaultOffer,
): void {
  const known: readonly string[] = [...sevenKinds, ...(offer.kinds ?? []).map(({ name }) => name)]
  refuseUnknown('kinds.include', include, known)
  refuseUnknown('kinds.exclude', exclude, known)
  refuseUnknown('kinds.weights', Object.keys(weights), [...known, ...dice])
  for (const [name, weight] of Object.entries(weights)) {
    if (!Number.isFinite(weight) || weight < 0)
      throw refused(`kinds.weights.${name}`, `must be a number from 0 on, not ${weight}`)
  }
}

/** Refuses exclusions of what the cluster does not have: a name with a slip in it would protect nothing. */
export function checkExclusions(lists: ExclusionLists, snapshot: ClusterSnapshot): void {
  const { nodes, applications, services } = snapshot
  const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name)
  refuseUnknown('exclude.nodes', lists.nodes ?? [], names(nodes))
  refuseUnknown(
    'exclude.nodeTypes',
    lists.nodeTypes ?? [],
    nodes.map(({ type }) => type),
  )
  refuseUnknown('exclude.applications', lists.applications ?? [], names(applications))
  refuseUnknown('exclude.services', lists.services ?? [], names(services))
}

/** Whether a choice names anything that only the cluster knows. */
export function hasExclusions({ exclude = {} }: ChoiceOptions): boolean {
  return Object.values(exclude).some((list) => list !== undefined && list.length > 0)
}

function refuseUnknown(at: string, listed: readonly string[], known: readonly string[]): void {
  const names = new Set(known)
  const unknown = listed.filter((name) => !names.has(name))
  if (unknown.length > 0) throw refused(at, `names what is not there: ${unknown.join(', ')}`)
}
