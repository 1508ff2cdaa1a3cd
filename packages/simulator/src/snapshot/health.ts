import type { Health } from '@squall/contract'
import { primaryOf, servingCount } from '../state/quorum.ts'
import type {
  SimApplication,
  SimCodePackage,
  SimNode,
  SimPartition,
  SimService,
  World,
} from '../state/world.ts'

const order: readonly Health[] = ['Ok', 'Warning', 'Error']

export function worst(healths: Iterable<Health>): Health {
  let found: Health = 'Ok'
  for (const health of healths) if (order.indexOf(health) > order.indexOf(found)) found = health
  return found
}

export function nodeHealth({ health }: World, { name, isUp }: SimNode): Health {
  return health.get(`node ${name}`) ?? (isUp ? 'Ok' : 'Error')
}

/** Error without a quorum; Warning while anything is missing or being built. */
export function partitionHealth({ health }: World, partition: SimPartition): Health {
  const given = health.get(`partition ${partition.id}`)
  if (given) return given
  if (partition.inQuorumLoss) return 'Error'
  const isWhole =
    servingCount(partition) >= Math.max(partition.targetSize, partition.replicas.size) &&
    (partition.service.kind === 'stateless' || primaryOf(partition) !== undefined)
  return isWhole ? 'Ok' : 'Warning'
}

export function serviceHealth(world: World, service: SimService): Health {
  return (
    world.health.get(`service ${service.name}`) ??
    worst(service.partitions.map((partition) => partitionHealth(world, partition)))
  )
}

export function applicationHealth(world: World, application: SimApplication): Health {
  return (
    world.health.get(`application ${application.name}`) ??
    worst(application.services.map((service) => serviceHealth(world, service)))
  )
}

export function packageHealth({ health }: World, { node, application, manifest }: SimCodePackage): Health {
  return health.get(`package ${node.name} ${application.name} ${manifest}`) ?? 'Ok'
}
