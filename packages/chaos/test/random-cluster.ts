import type { ClusterSnapshot, Health, ReplicaStatus } from '@squall/contract'
import fc from 'fast-check'
import { type ChaosParameters, defaultChaosParameters } from '../src/parameters/chaos-parameters.ts'
import { reservedPrefix } from '../src/parameters/internal-settings.ts'
import type { ChoiceOptions } from '../src/plan/choice-options.ts'

const types = ['A', 'B', 'C']
const names = ['fabric:/One', 'fabric:/Two', 'fabric:/System']

const mostlyOk: fc.Arbitrary<Health> = fc.oneof(
  { weight: 24, arbitrary: fc.constant<Health>('Ok') },
  { weight: 1, arbitrary: fc.constantFrom<Health>('Warning', 'Error') },
)
const mostlyReady: fc.Arbitrary<ReplicaStatus> = fc.oneof(
  { weight: 15, arbitrary: fc.constant<ReplicaStatus>('Ready') },
  { weight: 1, arbitrary: fc.constantFrom<ReplicaStatus>('InBuild', 'Standby', 'Down', 'Dropped') },
)
const seldom = fc.oneof(
  { weight: 19, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
)

const node = fc.record({
  type: fc.constantFrom(...types),
  isSeed: fc.boolean(),
  isDown: seldom,
  health: mostlyOk,
})

const service = fc.record({
  application: fc.nat(names.length - 1),
  isStateless: fc.boolean(),
  isPersisted: fc.boolean(),
  /** Node numbers, taken modulo the number of nodes. */
  places: fc.uniqueArray(fc.nat(15), { minLength: 1, maxLength: 7, size: 'max' }),
  statuses: fc.array(mostlyReady, { minLength: 7, maxLength: 7 }),
  /** Replicas that the target size has more than there are. */
  missing: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  health: mostlyOk,
  partitionHealth: mostlyOk,
  packageHealth: mostlyOk,
  /** A code package still names the partition on a node that the manager knows no replica on. */
  isStillHosted: seldom,
  hasOwnPackage: fc.boolean(),
})

type NodeDraft = typeof node extends fc.Arbitrary<infer Value> ? Value : never
type ServiceDraft = typeof service extends fc.Arbitrary<infer Value> ? Value : never

/** Snapshots that a provider could deliver, small, with everything that matters to safety in them. */
export const randomCluster: fc.Arbitrary<ClusterSnapshot> = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 16, size: 'max' }),
    services: fc.array(service, { maxLength: 5, size: 'max' }),
    upgrading: seldom,
    applicationHealth: mostlyOk,
    isWell: fc.boolean(),
  })
  .map((draft) => snapshotOf(draft.isWell ? well(draft) : draft))

const filter = fc
  .record({
    nodeTypes: fc.subarray(types),
    applications: fc.subarray(names.slice(0, 2)),
  })
  .filter(({ nodeTypes, applications }) => nodeTypes.length + applications.length > 0)

export const randomParameters: fc.Arbitrary<ChaosParameters> = fc
  .record({
    maxConcurrentFaults: fc.nat(12),
    enableMoveReplicaFaults: fc.boolean(),
    targetFilter: oneInFour(filter),
    faultsSystem: seldom,
  })
  .map(({ targetFilter, faultsSystem, ...own }) => ({
    ...defaultChaosParameters,
    ...own,
    ...(targetFilter && { targetFilter }),
    context: faultsSystem ? { [`${reservedPrefix}Should_Fault_System_Services`]: 'true' } : {},
  }))

const exclusions = fc.record(
  {
    nodes: fc.subarray(['N00', 'N01', 'N02']),
    nodeTypes: fc.subarray(['C']),
    applications: fc.subarray(['fabric:/Two']),
    services: fc.subarray(['fabric:/One/S0', 'fabric:/Two/S1']),
  },
  { requiredKeys: [] },
)

export const randomOptions: fc.Arbitrary<ChoiceOptions> = oneInFour(exclusions).map((exclude) =>
  exclude ? { exclude } : {},
)

function oneInFour<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
}

interface Draft {
  readonly nodes: readonly NodeDraft[]
  readonly services: readonly ServiceDraft[]
  readonly upgrading: boolean
  readonly applicationHealth: Health
}

/** The same without any trouble: where all is well, much may be faulted. */
function well(draft: Draft): Draft {
  const health = 'Ok' as const
  return {
    upgrading: false,
    applicationHealth: health,
    nodes: draft.nodes.map((each) => ({ ...each, isDown: false, health })),
    services: draft.services.map((each) => ({
      ...each,
      ...{ health, partitionHealth: health, packageHealth: health },
      statuses: each.statuses.map(() => 'Ready' as const),
      missing: 0,
      isStillHosted: false,
      isStateless: each.isStateless || placesOf(each, draft.nodes).length < 3,
    })),
  }
}

function snapshotOf({ nodes, services, upgrading, applicationHealth }: Draft): ClusterSnapshot {
  const placed = services.map((draft, at) => placedService(draft, at, nodes))
  return {
    nodes: nodes.map(({ type, isSeed, isDown, health }, at) => ({
      name: nodeName(at),
      type,
      instanceId: '1',
      isSeed,
      isUp: !isDown,
      health,
    })),
    applications: names.map((name, at) => ({
      name,
      type: 'T',
      isUpgrading: upgrading && at === 0,
      isSystem: at === 2,
      health: at === 0 ? applicationHealth : 'Ok',
    })),
    services: placed.map(({ service: entry }) => entry),
    partitions: placed.map(({ partition }) => partition),
    replicas: placed.flatMap(({ replicas }) => replicas),
    codePackages: placed.flatMap(({ codePackages }) => codePackages),
    reports: [],
  }
}

function nodeName(at: number): string {
  return `N${String(at).padStart(2, '0')}`
}

interface Placed {
  readonly service: ClusterSnapshot['services'][number]
  readonly partition: ClusterSnapshot['partitions'][number]
  readonly replicas: ClusterSnapshot['replicas']
  readonly codePackages: ClusterSnapshot['codePackages']
}

function placedService(draft: ServiceDraft, at: number, nodes: readonly NodeDraft[]): Placed {
  const application = names[draft.application] ?? 'fabric:/One'
  const name = `${application}/S${at}`
  const id = `P${at}`
  const places = placesOf(draft, nodes)
  const known = draft.isStillHosted ? places.slice(1) : places
  const replicas = known.map((place, index) => ({
    id: `R${at}-${place}`,
    partition: id,
    node: nodeName(place),
    role: roleOf(draft, index),
    status: nodes[place]?.isDown ? ('Down' as const) : (draft.statuses[index] ?? 'Ready'),
    health: 'Ok' as const,
  }))
  const targetSize = known.length + draft.missing
  return {
    service: {
      name,
      application,
      kind: draft.isStateless ? 'stateless' : 'stateful',
      hasPersistedState: !draft.isStateless && draft.isPersisted,
      hasPlacementConstraints: false,
      health: draft.health,
    },
    partition: { id, service: name, status: 'Ready', targetSize, minSize: 1, health: draft.partitionHealth },
    replicas,
    codePackages: places
      .filter((place) => !nodes[place]?.isDown)
      .map((place) => ({
        node: nodeName(place),
        application,
        serviceManifest: draft.hasOwnPackage ? `M${at}` : 'M',
        activationId: draft.hasOwnPackage ? '' : String(at),
        name: 'Code',
        instanceId: '1',
        isRunning: true,
        health: draft.packageHealth,
        hosts: [id],
      })),
  }
}

function placesOf({ places }: ServiceDraft, nodes: readonly NodeDraft[]): readonly number[] {
  return [...new Set(places.map((place) => place % nodes.length))]
}

function roleOf({ isStateless }: ServiceDraft, index: number): 'None' | 'Primary' | 'ActiveSecondary' {
  if (isStateless) return 'None'
  return index === 0 ? 'Primary' : 'ActiveSecondary'
}
