import type { ClusterCodePackage, ClusterNode } from '@squall/contract'
import { faultText } from '../faults/fault-text.ts'
import { internalSettings } from '../parameters/internal-settings.ts'
import { nodeRatios, shareOf } from '../plan/node-gate.ts'
import { type IterationFacts, type PartitionFacts, quorumOf, weaknessOf } from './iteration-facts.ts'
import type { Touched } from './touched.ts'

/** A rule that the faults of one iteration have to keep (5.4). */
export interface IterationRule {
  readonly name: string
  readonly summary: string
  /** Every way in which it is broken, for a person. */
  violations(facts: IterationFacts): readonly string[]
}

/** The rules R1 to R7, and what S1, S4 and F2 mean for nodes, as tests of an iteration that know nothing of flags. */
export const iterationRules: readonly IterationRule[] = [
  {
    name: 'R1',
    summary: 'nothing is faulted twice, and nothing happens on a node that restarts',
    violations: twice,
  },
  {
    name: 'R2',
    summary: 'a write quorum of every stateful partition stays undisturbed',
    violations: quorums,
  },
  { name: 'R3', summary: 'weak and unhealthy partitions are left alone', violations: weakPartitions },
  { name: 'R4', summary: 'only ready replicas are chosen', violations: unready },
  { name: 'R5', summary: 'nothing of an upgrading application is chosen', violations: upgrading },
  { name: 'R6', summary: 'enough nodes and seed nodes are live before a node restarts', violations: gates },
  {
    name: 'R7',
    summary: 'nothing outside the filter and the exclusion lists is touched',
    violations: unlisted,
  },
  { name: 'health', summary: 'unhealthy nodes and code packages are left alone', violations: unhealthy },
  {
    name: 'destination',
    summary: 'things are moved to where nothing has been chosen to happen',
    violations: destinations,
  },
]

function twice({ touched }: IterationFacts): readonly string[] {
  const replicas = touched.flatMap((each) =>
    each.replicas.map(({ partition, id }) => `replica ${partition} ${id}`),
  )
  const packages = touched.flatMap(({ codePackages }) => codePackages.map(packageText))
  const nodes = touched.flatMap(({ node }) => (node === undefined ? [] : [`node ${node}`]))
  const again = [replicas, packages, nodes].flatMap(repeated).map((what) => `${what} is faulted twice`)
  const restarted = touched.flatMap((each) => {
    const others = touched.filter((other) => other !== each && isAt(other, each.node))
    return others.map((other) => `${faultText(other.fault)} while node ${each.node} restarts`)
  })
  return [...again, ...restarted]
}

function isAt({ place, destination }: Touched, node: string | undefined): boolean {
  return node !== undefined && (place === node || destination === node)
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}

function quorums({ touched, partitions }: IterationFacts): readonly string[] {
  const disturbed = new Set(touched.flatMap(({ replicas }) => replicas))
  const hit = new Set([...disturbed].map(({ partition }) => partition))
  return [...hit].flatMap((id) => {
    const facts = partitions.get(id)
    const quorum = facts && quorumOf(facts)
    if (!facts || quorum === undefined) return []
    const left = facts.replicas.filter((each) => each.status === 'Ready' && !disturbed.has(each)).length
    return left < quorum ? [`partition ${id} keeps ${left} undisturbed replicas of ${quorum}`] : []
  })
}

function weakPartitions({ touched, partitions }: IterationFacts): readonly string[] {
  const weak = new Map<string, string>()
  for (const [id, facts] of partitions) {
    const reason = weaknessOf(facts)
    if (reason !== undefined) weak.set(id, reason)
  }
  const nodes = weakNodes(weak, partitions)
  return touched.flatMap((each) => {
    const direct = [
      ...each.replicas.map(({ partition }) => partition),
      ...each.codePackages.flatMap(({ hosts }) => hosts),
    ]
    const place = each.node === undefined ? undefined : nodes.get(each.node)
    const destination = each.destination === undefined ? undefined : nodes.get(each.destination)
    const reasons = [...direct.map((id) => weak.get(id)), place, destination]
    return reasons.flatMap((reason) => (reason === undefined ? [] : [`${faultText(each.fault)}: ${reason}`]))
  })
}

function weakNodes(
  weak: ReadonlyMap<string, string>,
  partitions: ReadonlyMap<string, PartitionFacts>,
): ReadonlyMap<string, string> {
  const nodes = new Map<string, string>()
  for (const [id, reason] of weak) {
    for (const { node } of partitions.get(id)?.replicas ?? []) nodes.set(node, reason)
  }
  return nodes
}

function unready({ touched, partitions }: IterationFacts): readonly string[] {
  return touched.flatMap(({ replicas }) =>
    replicas
      .filter(({ status, partition }) => status !== 'Ready' && partitions.has(partition))
      .map(({ id, partition, status }) => `replica ${id} of ${partition} is ${status}`),
  )
}

function upgrading({ touched, partitions }: IterationFacts): readonly string[] {
  return touched.flatMap(({ fault, replicas }) =>
    replicas
      .filter(({ partition }) => partitions.get(partition)?.application.isUpgrading)
      .map(({ partition }) => `${faultText(fault)}: the application of ${partition} is upgrading`),
  )
}

function gates({ touched, snapshot, nodes, request }: IterationFacts): readonly string[] {
  const { parameters } = request
  const ratios = nodeRatios(internalSettings(parameters.context).figures)
  const types = parameters.targetFilter?.nodeTypes
  const isExcluded = ({ type }: ClusterNode): boolean => types !== undefined && !types.includes(type)
  const isLive = (node: ClusterNode): boolean => node.isUp && (isExcluded(node) || node.health === 'Ok')
  const seeds = snapshot.nodes.filter(({ isSeed }) => isSeed)
  const needed = {
    all: shareOf(snapshot.nodes.length, ratios.nodes),
    seeds: shareOf(seeds.length, ratios.seeds),
  }
  const live = { all: snapshot.nodes.filter(isLive).length, seeds: seeds.filter(isLive).length }
  const spent = new Set<string>()
  const spend = (name: string): void => {
    const node = nodes.get(name)
    if (!node || spent.has(name) || isExcluded(node) || !isLive(node)) return
    spent.add(name)
    live.all -= 1
    if (node.isSeed) live.seeds -= 1
  }
  return touched.flatMap(({ node, place, destination }) => {
    const isSeed = node !== undefined && nodes.get(node)?.isSeed === true
    const broken = [
      ...(node !== undefined && live.all <= needed.all ? [`${live.all} nodes live of ${needed.all}`] : []),
      ...(isSeed && live.seeds <= needed.seeds ? [`${live.seeds} seeds live of ${needed.seeds}`] : []),
    ]
    for (const name of [place, destination ?? place]) spend(name)
    return broken.map((text) => `node ${node} restarts with ${text}`)
  })
}

function unlisted({ touched, nodes, request, partitions, isTarget }: IterationFacts): readonly string[] {
  const filter = request.parameters.targetFilter
  const {
    nodes: names = [],
    nodeTypes = [],
    applications = [],
    services = [],
  } = request.options?.exclude ?? {}
  return touched.flatMap(({ fault, node, place, destination, replicas, codePackages }) => {
    const type = nodes.get(place)?.type ?? ''
    const touchedApplications = new Set([
      ...codePackages.map(({ application }) => application).filter(isTarget),
      ...replicas.flatMap(({ partition }) => partitions.get(partition)?.application.name ?? []),
    ])
    const isIncluded =
      !filter ||
      filter.nodeTypes.includes(type) ||
      (node === undefined && [...touchedApplications].every((name) => filter.applications.includes(name)))
    const isExcluded = [place, destination ?? place].some(
      (name) => names.includes(name) || nodeTypes.includes(nodes.get(name)?.type ?? ''),
    )
    const hit = replicas.flatMap(({ partition }) => partitions.get(partition)?.service.name ?? [])
    const isListed =
      isExcluded ||
      [...touchedApplications].some((name) => applications.includes(name)) ||
      hit.some((name) => services.includes(name))
    return [
      ...(isIncluded ? [] : [`${faultText(fault)} is outside the filter`]),
      ...(isListed ? [`${faultText(fault)} is on an exclusion list`] : []),
    ]
  })
}

function unhealthy({ touched, snapshot, nodes, isTarget }: IterationFacts): readonly string[] {
  const ill = snapshot.codePackages.filter(
    ({ application, health }) => health !== 'Ok' && isTarget(application),
  )
  const illNodes = new Map(ill.map((codePackage) => [codePackage.node, packageText(codePackage)]))
  return touched.flatMap(({ fault, node, destination, codePackages }) => {
    const whole = [node, destination].filter((name) => name !== undefined)
    const reasons = [
      ...codePackages.filter((codePackage) => ill.includes(codePackage)).map(packageText),
      ...whole.filter((name) => nodes.get(name)?.health !== 'Ok').map((name) => `node ${name}`),
      ...whole.flatMap((name) => illNodes.get(name) ?? []),
    ]
    return reasons.map((reason) => `${faultText(fault)}: ${reason} is not healthy`)
  })
}

function destinations({ touched, nodes, partitions }: IterationFacts): readonly string[] {
  return touched.flatMap((each, at) => {
    const { fault, destination, replicas } = each
    if (destination === undefined) return []
    // What comes later may happen on a node that something was moved to; it was looked at with that in mind.
    const others = touched.slice(0, at).filter((other) => isAt(other, destination))
    const there = replicas.flatMap(({ partition }) =>
      (partitions.get(partition)?.replicas ?? []).filter(({ node }) => node === destination),
    )
    const isTaken = fault.kind !== 'move-primary' && there.length > 0
    return [
      ...(nodes.get(destination)?.isUp ? [] : [`${faultText(fault)}: the destination is down`]),
      ...(isTaken ? [`${faultText(fault)}: the destination has a replica of the partition`] : []),
      ...others.map((other) => `${faultText(fault)} to where ${faultText(other.fault)} happens`),
    ]
  })
}

function packageText({ node, application, serviceManifest, activationId, name }: ClusterCodePackage): string {
  return `code package ${[node, application, serviceManifest, activationId, name].join(' ')}`
}
