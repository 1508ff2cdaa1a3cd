import type { DriverFaultKind, FaultKind } from '@squall/contract'
import type { ChaosParameters } from '../parameters/chaos-parameters.ts'
import { type FigureName, internalSettings } from '../parameters/internal-settings.ts'
import type { ChoiceOptions, FaultOffer, KindChoice } from './choice-options.ts'
import type { Face } from './roll.ts'

export type Category = 'node' | 'service'
export type NodeKind = 'restart-node'
export type ServiceKind = Exclude<FaultKind, NodeKind>
/** A face of the driver kinds' die: one of them, or Service Fabric's seven. */
export type DriverFace = DriverFaultKind | 'seven'

/** The dice of a run (4.2). */
export interface Dice {
  readonly category: readonly Face<Category>[]
  readonly node: readonly Face<NodeKind>[]
  readonly service: readonly Face<ServiceKind>[]
  /** Rolled first, from chance of its own. Empty without driver kinds. */
  readonly driver: readonly Face<DriverFace>[]
}

/** The kinds of the service die, in its order. */
export const serviceKinds: readonly ServiceKind[] = [
  'restart-replica',
  'remove-replica',
  'restart-code-package',
  'move-primary',
  'move-secondary',
  'move-instance',
]

/** All seven, in the order of the specification. */
export const sevenKinds: readonly FaultKind[] = ['restart-node', ...serviceKinds]

const figureOf: Readonly<Record<string, FigureName>> = {
  'node-faults': 'NodeFaultActionWeight',
  'service-faults': 'ServiceFaultActionWeight',
  'restart-node': 'RestartNodeFaultWeight',
  'restart-replica': 'RestartReplicaFaultWeight',
  'remove-replica': 'RemoveReplicaFaultWeight',
  'restart-code-package': 'RestartCodePackageFaultWeight',
  'move-primary': 'MovePrimaryFaultWeight',
  'move-secondary': 'MoveSecondaryFaultWeight',
  'move-instance': 'MoveInstanceFaultWeight',
}

/** The dice that parameters, choices and the cluster's offer give. A weight chosen here wins over one of the context. */
export function diceOf(parameters: ChaosParameters, options: ChoiceOptions, offer: FaultOffer): Dice {
  const { figures } = internalSettings(parameters.context)
  const choice = options.kinds ?? {}
  const offered: readonly FaultKind[] = offer.faults ?? sevenKinds
  const weight = (name: string, otherwise: number): number =>
    choice.weights?.[name] ?? (figureOf[name] && figures[figureOf[name]]) ?? otherwise
  const kindWeight = (kind: FaultKind, otherwise: number): number =>
    offered.includes(kind) && isChosen(kind, choice) ? weight(kind, otherwise) : 0
  const moves = parameters.enableMoveReplicaFaults ? 100 : 0
  const service = serviceKinds.map((name) => {
    const otherwise = name.startsWith('move-') ? moves : 100
    return { name, weight: moves === 0 && otherwise === 0 ? 0 : kindWeight(name, otherwise) }
  })
  // A stop and start has no text of its own in chaos (6): its weight counts for the restart.
  const stops = figures.StartStopNodeFaultWeight ?? 0
  const node = [{ name: 'restart-node' as const, weight: kindWeight('restart-node', 1 + stops) }]
  const category: Face<Category>[] = [
    { name: 'node', weight: hasWeight(node) ? weight('node-faults', 40) : 0 },
    { name: 'service', weight: hasWeight(service) ? weight('service-faults', 60) : 0 },
  ]
  return { category, node, service, driver: driverDie(category, choice, offer, weight) }
}

function driverDie(
  category: readonly Face<Category>[],
  choice: KindChoice,
  offer: FaultOffer,
  weight: (name: string, otherwise: number) => number,
): readonly Face<DriverFace>[] {
  const kinds = (offer.kinds ?? []).filter(({ name }) => isChosen(name, choice))
  if (kinds.length === 0) return []
  return [
    { name: 'seven', weight: hasWeight(category) ? weight('seven', 100) : 0 },
    ...kinds.map((kind) => ({ name: kind, weight: weight(kind.name, kind.weight) })),
  ]
}

function isChosen(kind: string, { include, exclude }: KindChoice): boolean {
  return (include?.includes(kind) ?? true) && !(exclude?.includes(kind) ?? false)
}

function hasWeight(faces: readonly Face<unknown>[]): boolean {
  return faces.some(({ weight }) => weight > 0)
}
