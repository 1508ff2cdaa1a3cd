import type { ClusterSnapshot } from '@squall/contract'
import type { ChaosParameters } from './chaos-parameters.ts'
import { internalSettings } from './internal-settings.ts'
import { refused } from './read-fields.ts'

/**
 * Refuses a filter that names node types no node has, or applications that do not exist: the last check of a start
 * (2.4). A reserved context key switches it off (2.5). Throws `SQUALL_CHAOS_PARAMETER` naming all of them.
 */
export function checkTargetsExist(
  { targetFilter, context }: ChaosParameters,
  { nodes, applications }: ClusterSnapshot,
): void {
  if (!targetFilter || internalSettings(context).allowsUnknownTargets) return
  const types = new Set(nodes.map(({ type }) => type))
  const names = new Set(applications.map(({ name }) => name))
  refuseUnknown('NodeTypeInclusionList', 'node types', targetFilter.nodeTypes, types)
  refuseUnknown('ApplicationInclusionList', 'applications', targetFilter.applications, names)
}

function refuseUnknown(
  at: string,
  what: string,
  listed: readonly string[],
  known: ReadonlySet<string>,
): void {
  const unknown = listed.filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw refused(at, `names ${what} that the cluster does not have: ${unknown.join(', ')}`)
}
