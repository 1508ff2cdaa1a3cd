export { faultText } from './faults/fault-text.ts'
export {
  type ChaosParameters,
  type ChaosTargetFilter,
  type ClusterHealthPolicy,
  defaultChaosParameters,
  largestNumber,
  type TypePercentage,
} from './parameters/chaos-parameters.ts'
export { checkTargetsExist } from './parameters/check-targets-exist.ts'
export { readChaosParameters } from './parameters/read-chaos-parameters.ts'
export type { FilterLimits } from './parameters/read-target-filter.ts'
export { writeChaosParameters } from './parameters/write-chaos-parameters.ts'
export type { ChoiceOptions, ExclusionLists, FaultOffer, KindChoice } from './plan/choice-options.ts'
export { sevenKinds } from './plan/dice.ts'
export { planAnother, planIteration } from './plan/plan-iteration.ts'
export type { IterationPlan, PlannedFault, PlanRequest, Slot, Trial } from './plan/plan-request.ts'
export { type RuleName, ruleNames } from './plan/rule-names.ts'
