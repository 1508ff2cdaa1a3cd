import {
  type Cluster,
  type ClusterContext,
  type ClusterType,
  type FaultContext,
  issuePath,
  type JsonObject,
  SquallError,
} from '@squall/contract'
import type { DriverPackage } from './driver-package.ts'
import type { DriverRegistry } from './registry.ts'

/** What `ClusterType.connect` is handed. */
export type ConnectContext = Parameters<ClusterType['connect']>[1]

export interface TargetChoice {
  readonly target: string
  readonly options: JsonObject
}

/** The targets of installed drivers by name, with who brings them. */
export function driverTargets({ drivers }: DriverRegistry): ReadonlyMap<string, DriverPackage> {
  return new Map(
    drivers.flatMap((driver) => Object.keys(driver.manifest.clusters ?? {}).map((name) => [name, driver])),
  )
}

/**
 * Connects to the target of an installed driver. Rejects with `SQUALL_TARGET_UNKNOWN`, which names `others` as well,
 * `SQUALL_TARGET_OPTIONS`, `SQUALL_DRIVER_BROKEN` or why it cannot be reached.
 */
export async function connectTarget(
  { target, options }: TargetChoice,
  registry: DriverRegistry,
  context: ConnectContext,
  others: readonly string[] = [],
): Promise<{ readonly cluster: Cluster; readonly driver: DriverPackage }> {
  const targets = driverTargets(registry)
  const driver = targets.get(target)
  if (!driver) {
    const known = [...others, ...targets.keys()].join(', ') || 'none'
    throw new SquallError('SQUALL_TARGET_UNKNOWN', { target, known })
  }
  const { clusters } = await driver.load()
  const type = clusters?.[target]
  if (!type) {
    const { name, file } = driver
    const reason = `its manifest names the target '${target}', which its code does not have`
    throw new SquallError('SQUALL_DRIVER_BROKEN', { package: name, path: file, reason })
  }
  return { cluster: await connectTo(type, { target, options }, context), driver }
}

/** Connects to a kind of cluster once its options are found right. Rejects with `SQUALL_TARGET_OPTIONS`. */
export async function connectTo(
  type: ClusterType,
  { target, options }: TargetChoice,
  context: ConnectContext,
): Promise<Cluster> {
  const checked = await type.options['~standard'].validate(options)
  if (!checked.issues) return type.connect(checked.value, context)
  const problems = checked.issues.map((issue) =>
    [issuePath(issue).join('.'), issue.message].filter(Boolean).join(': '),
  )
  throw new SquallError('SQUALL_TARGET_OPTIONS', { target, problems: problems.join('; ') })
}

/** A cluster whose faults register their undo with the driver that brings it. */
export function undoneByItsDriver(cluster: Cluster, undo: FaultContext['undo']): Cluster {
  const { faults, kinds } = cluster
  return {
    ...(faults && { faults }),
    ...(kinds && { kinds }),
    snapshot: (context) => cluster.snapshot(context),
    upgrading: (context) => cluster.upgrading(context),
    inject: (fault, context) => cluster.inject(fault, { ...context, undo }),
    ...(cluster.reset && {
      reset: (context: ClusterContext) => cluster.reset?.(context) ?? Promise.resolve(),
    }),
    ...(cluster.close && { close: () => cluster.close?.() ?? Promise.resolve() }),
  }
}
