import type { ClusterHealthPolicy, TypePercentage } from './chaos-parameters.ts'
import { readBoolean, readList, readObject, readWhole, refused } from './read-fields.ts'

const percentage = { limit: 100, otherwise: 0 }

/** Reads a ClusterHealthPolicy (2.2). Throws `SQUALL_CHAOS_PARAMETER`. */
export function readHealthPolicy(value: unknown): ClusterHealthPolicy {
  const fields = readObject(value, 'ClusterHealthPolicy')
  const applicationTypes = readPercentages(fields, 'ApplicationTypeHealthPolicyMap')
  const nodeTypes = readPercentages(fields, 'NodeTypeHealthPolicyMap')
  return {
    considerWarningAsError: readBoolean(fields, 'ConsiderWarningAsError', false),
    maxPercentUnhealthyNodes: readWhole(fields, 'MaxPercentUnhealthyNodes', percentage),
    maxPercentUnhealthyApplications: readWhole(fields, 'MaxPercentUnhealthyApplications', percentage),
    ...(applicationTypes && { applicationTypes }),
    ...(nodeTypes && { nodeTypes }),
  }
}

function readPercentages(
  fields: Readonly<Record<string, unknown>>,
  name: string,
): readonly TypePercentage[] | undefined {
  return readList(fields, name)?.map((entry) => {
    const pair = readObject(entry, `An entry of ${name}`)
    const type = pair['Key']
    if (typeof type !== 'string') throw refused(`An entry of ${name}`, 'must name a type as its Key')
    return { type, percent: readWhole(pair, 'Value', percentage) }
  })
}
