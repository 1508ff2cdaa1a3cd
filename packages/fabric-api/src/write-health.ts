import type { HealthReport } from '@squall/chaos'
import type { JsonObject } from '@squall/contract'

/** The cluster's health as `GET /$/GetClusterHealth` has it, with what is not well in words. */
export function writeHealth({ health, reasons, nodes, applications }: HealthReport): JsonObject {
  const state = (entry: HealthReport['nodes'][number]): JsonObject => ({
    Name: entry.name,
    AggregatedHealthState: entry.health,
  })
  return {
    AggregatedHealthState: health,
    HealthEvents: [],
    UnhealthyEvaluations: reasons.map((text) => ({
      HealthEvaluation: { Kind: 'Event', AggregatedHealthState: health, Description: text },
    })),
    NodeHealthStates: nodes.map(state),
    ApplicationHealthStates: applications.map(state),
  }
}
