export { anySignal } from './any-signal.ts'
export type { Change } from './change.ts'
export type {
  Cluster,
  ClusterAccess,
  ClusterApplication,
  ClusterCodePackage,
  ClusterContext,
  ClusterNode,
  ClusterPartition,
  ClusterReplica,
  ClusterService,
  ClusterSnapshot,
  ClusterType,
  DriverFault,
  DriverFaultKind,
  Fault,
  FaultContext,
  FaultKind,
  FaultOutcome,
  Health,
  MoveFault,
  ReplicaFault,
  ReplicaRole,
  ReplicaStatus,
} from './cluster.ts'
export {
  type ControlContext,
  type ControlDeclaration,
  type ControlType,
  type HookCall,
  InterruptRun,
  type LiveDocument,
  type OpenControl,
  type SetupCall,
} from './control.ts'
export {
  defineAction,
  defineCluster,
  defineControl,
  defineDriver,
  defineProbe,
  defineProvider,
  defineUndo,
} from './define.ts'
export {
  type DefinedActivity,
  type DefinedEntry,
  type DefinedExperiment,
  defineExperiment,
  type InstalledProvider,
} from './define-experiment.ts'
export type {
  DiscoveredActivity,
  Discoverer,
  DiscovererContext,
  Discovery,
  InstalledExtension,
} from './discoverer.ts'
export {
  type Action,
  type Activity,
  type ActivityContext,
  type Alias,
  contractVersion,
  type Driver,
  type ExperimentLoader,
  type Probe,
  type ProviderCall,
  type ProviderIssue,
  type ProviderType,
  type ProviderValidation,
  type Targets,
  type Undo,
  type UndoContext,
} from './driver.ts'
export { errorTable } from './error-table.ts'
export {
  type ActivityFields,
  type ActivityRef,
  type Experiment,
  type ExperimentFields,
  type HypothesisEntry,
  type HypothesisFields,
  isRef,
  type MethodEntry,
  type OnFailure,
  type ProviderFields,
  type RawExperiment,
  type RepeatFields,
  type RetryFields,
  type RollbackMoment,
  type UntilFields,
} from './experiment.ts'
export type { ControlLevel, HookName } from './hook-name.ts'
export type {
  ActivityRun,
  ControlFailure,
  HypothesisState,
  Journal,
  Residue,
  RollbackDecision,
  RunStatus,
  Tries,
  UndoOutcome,
} from './journal.ts'
export { isObject, type JsonObject, type JsonPrimitive, type JsonSchema, type JsonValue } from './json.ts'
export { jsonText, parseJson } from './json-text.ts'
export type { Log } from './log.ts'
export { type DriverManifest, type ManifestActivity, type ManifestProvider, manifestOf } from './manifest.ts'
export type { NotificationEvent, Notifier, NotifierContext } from './notifier.ts'
export {
  copyNumberTexts,
  floatText,
  hasNumberTexts,
  isFloatText,
  keepNumberText,
  numberTextAt,
  objectOfEntries,
  plainValue,
  putValue,
  textOfWritten,
  valueAt,
  writtenNumber,
} from './number-text.ts'
export { pythonText, pythonTextAt } from './python-text.ts'
export type { RegisteredUndo } from './registered-undo.ts'
export type { Resolver, ResolverContext } from './resolver.ts'
export type { HypothesisPhase, Phase, RunEvent, RunEventBody, RunEventReader } from './run-event.ts'
export {
  ActivityFailed,
  type ErrorCode,
  type ErrorFields,
  hasCode,
  isSquallError,
  SquallError,
} from './squall-error.ts'
export {
  issuePath,
  type SchemaIssue,
  type SchemaOutput,
  type SchemaResult,
  type StandardSchema,
} from './standard-schema.ts'
export type { Clock, ProcessIdentity, Random } from './world.ts'
