import type { PortQuery } from './port-table.ts'
import type { System } from './system.ts'

/**
 * Says of each port that nobody listens on it, and who does in another network namespace, where those were not
 * searched yet.
 */
export async function missingPorts(
  ports: readonly number[],
  searched: PortQuery['namespaces'],
  system: System,
): Promise<readonly string[]> {
  if (ports.length === 0) return []
  const all = searched === 'all' ? [] : await system.ports.listeners({ ports, namespaces: 'all' })
  return ports.map((missing) => {
    const rows = all.filter(({ port, namespace }) => port === missing && namespace !== null)
    const pids = [...new Set(rows.flatMap(({ holder }) => holder?.pid ?? []))]
    const nobody = `nobody listens on port ${missing}`
    if (pids.length === 0) return nobody
    return `${nobody} in this network namespace; in another one pid ${pids.join(' and pid ')} does (other_namespaces: true)`
  })
}
