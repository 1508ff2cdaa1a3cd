import { SquallError } from '@squall/contract'
import type { ChaosTargetFilter } from './chaos-parameters.ts'
import { readObject, readTexts, refused } from './read-fields.ts'

/** How long the lists of a filter may be (2.4). */
export interface FilterLimits {
  /** @defaultValue 100 */
  readonly maxNodeTypes?: number
  /** @defaultValue 1000 */
  readonly maxApplications?: number
}

/** Reads a ChaosTargetFilter. Throws `SQUALL_CHAOS_PARAMETER` or `SQUALL_CHAOS_TOO_LARGE`. */
export function readTargetFilter(value: unknown, limits: FilterLimits = {}): ChaosTargetFilter {
  const fields = readObject(value, 'ChaosTargetFilter')
  const nodeTypes = readTexts(fields, 'NodeTypeInclusionList')
  const applications = readTexts(fields, 'ApplicationInclusionList')
  if (nodeTypes.length + applications.length === 0) {
    throw refused('ChaosTargetFilter', 'must name at least one node type or application')
  }
  refuseLong('NodeTypeInclusionList', nodeTypes, limits.maxNodeTypes ?? 100)
  refuseLong('ApplicationInclusionList', applications, limits.maxApplications ?? 1000)
  return { nodeTypes, applications }
}

function refuseLong(at: string, list: readonly string[], limit: number): void {
  if (list.length > limit) throw new SquallError('SQUALL_CHAOS_TOO_LARGE', { at, count: list.length, limit })
}
