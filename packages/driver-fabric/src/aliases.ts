import type { Alias } from '@squall/contract'

const inFabric = (func: string) => ({ provider: 'fabric', func })

const actions = { start_chaos: inFabric('start_chaos'), stop_chaos: inFabric('stop_chaos') }
const probes = { chaos_report: inFabric('chaos_report') }

/** The modules of the package `chaostoolkit-service-fabric`, under the names of its releases. */
export const aliases: readonly Alias[] = [
  { provider: 'python', module: 'chaosservicefabric.cluster.actions', functions: actions },
  { provider: 'python', module: 'chaosservicefabric.cluster.probes', functions: probes },
  { provider: 'python', module: 'chaosservicefabric.fabric.actions', functions: actions },
  { provider: 'python', module: 'chaosservicefabric.fabric.probes', functions: probes },
]
