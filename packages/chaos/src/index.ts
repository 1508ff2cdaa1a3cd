export { ChaosClient, type ChaosClientOptions } from './client/chaos-client.ts'
export { isMarkedRun, markedParameters, markKey, stopMarkedRun } from './client/marked-run.ts'
export type { ChaosAnswer, ChaosRequest, SendRequest } from './client/send-request.ts'
export { type MarkedRun, startMarkedRun, untilOver } from './client/start-marked-run.ts'
export {
  type EventReason,
  type EventSummary,
  eventsOfLatestRun,
  summaryOfEvents,
} from './client/summary-of-events.ts'
export { type FoundHealth, waitUntilHealthy } from './client/wait-until-healthy.ts'
export type { WireEvent, WireHealth, WireRange, WireStatus } from './client/wire.ts'
export type { Effect, Injection, IterationResult, Refusal } from './engine/effect.ts'
export { defaultEngineSettings, type EngineSettings } from './engine/engine-settings.ts'
export type { EngineState, FaultResult, Phase, StoredRun, StoredState } from './engine/engine-state.ts'
export type { Input } from './engine/input.ts'
export { engineOf, freshState } from './engine/new-engine.ts'
export { type Step, step } from './engine/step.ts'
export {
  type ChaosEvent,
  type ChaosEventBody,
  type ChaosEventKind,
  writeChaosEvent,
} from './events/chaos-event.ts'
export { durationText } from './events/duration-text.ts'
export { EventBook, type EventPage } from './events/event-book.ts'
export { type EventQuery, type EventQueryTexts, readEventQuery } from './events/event-query.ts'
export { fileTimeOf, isoOf, unixMsOf } from './events/file-time.ts'
export { type Eligibility, explainEntity } from './explain/explain-entity.ts'
export {
  explainIteration,
  type IterationExplanation,
  type KindExplanation,
  type RefusalCount,
} from './explain/explain-iteration.ts'
export { faultText } from './faults/fault-text.ts'
export { type ClusterHealth, clusterHealth } from './health/cluster-health.ts'
export { inconsistency } from './health/inconsistency.ts'
export { instability } from './health/instability.ts'
export {
  type ChaosParameters,
  type ChaosTargetFilter,
  type ClusterHealthPolicy,
  defaultChaosParameters,
  largestNumber,
  type TypePercentage,
} from './parameters/chaos-parameters.ts'
export { checkTargetsExist } from './parameters/check-targets-exist.ts'
export { parametersIssues } from './parameters/parameters-issues.ts'
export { readChaosParameters } from './parameters/read-chaos-parameters.ts'
export type { FilterLimits } from './parameters/read-target-filter.ts'
export { writeChaosParameters } from './parameters/write-chaos-parameters.ts'
export type { ChoiceOptions, ExclusionLists, FaultOffer, KindChoice } from './plan/choice-options.ts'
export { sevenKinds } from './plan/dice.ts'
export { planAnother, planIteration } from './plan/plan-iteration.ts'
export type { IterationPlan, PlannedFault, PlanRequest, Slot, Trial } from './plan/plan-request.ts'
export { type RuleName, ruleNames } from './plan/rule-names.ts'
export { experimentOfFaults, type FaultExperiment } from './replay/experiment-of-faults.ts'
export type { IterationRecord } from './replay/iteration-record.ts'
export { readdressFault, type WrittenFault } from './replay/readdress-fault.ts'
export { type ReplayedIteration, replayIterations } from './replay/replay-iterations.ts'
export { type FailsAgain, type ShrinkOptions, type Shrunk, shrinkFaults } from './replay/shrink-faults.ts'
export { checkIteration, type Violation } from './safety/check-iteration.ts'
export { type IterationRule, iterationRules } from './safety/iteration-rules.ts'
export {
  type ChaosJob,
  type ChaosSchedule,
  emptySchedule,
  type ScheduleStatus,
  type TimeRange,
} from './schedule/chaos-schedule.ts'
export { nextWindowStart, type Window, windowAt } from './schedule/occurrences.ts'
export { readSchedule, readScheduleRequest } from './schedule/read-schedule.ts'
export { writeSchedule } from './schedule/write-schedule.ts'
export type { ChaosNews, ChaosService, ChaosStatus, HealthReport } from './service/chaos-service.ts'
export { openChaosService } from './service/open-chaos-service.ts'
export type { ChaosServiceOptions, StartOptions } from './service/service-options.ts'
export type { FaultInFlight, FaultUndo, UndoPort } from './service/undo-port.ts'
