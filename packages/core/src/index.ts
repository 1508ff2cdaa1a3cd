export { convertType } from './configuration/convert-type.ts'
export {
  type ExplainedValue,
  type ExplainOptions,
  explainConfiguration,
} from './configuration/explain-configuration.ts'
export type { Overrides } from './configuration/load-configuration.ts'
export type { GlobalControls } from './controls/global-controls.ts'
export { type GlobalControlSources, globalControls } from './controls/open-global-controls.ts'
export {
  type ConnectContext,
  connectTarget,
  connectTo,
  driverTargets,
  type TargetChoice,
} from './drivers/connect-target.ts'
export type { DriverPackage } from './drivers/driver-package.ts'
export { type FindDriversOptions, findDrivers } from './drivers/find-drivers.ts'
export { DriverRegistry, driverObjects } from './drivers/registry.ts'
export { systemClock } from './host/clock.ts'
export { importModule, importModulesWith } from './host/import-module.ts'
export { stopRun } from './host/stop-files.ts'
export { recoverRun, unfinishedRuns } from './host/unfinished-runs.ts'
export { chaoslibVersion, foldJournal } from './journal/fold-journal.ts'
export { journalOfLog, type LoggedRun } from './journal/journal-of-log.ts'
export { strictFindings } from './journal/strict-findings.ts'
export { type RunLogVerification, verifyRunLog } from './journal/verify-run-log.ts'
export { journalText, writeJournal } from './journal/write-journal.ts'
export { loadExperiment } from './load/load-experiment.ts'
export type { LoadOptions } from './load/load-options.ts'
export { parseText } from './load/parse-text.ts'
export type { LoadedExperiment } from './load/source-text.ts'
export { yamlText } from './load/yaml-text.ts'
export type { Notification, NotificationName, NotifyOptions } from './notify/notification.ts'
export { notify } from './notify/notify.ts'
export { type Plan, type PlannedActivity, type PlanOptions, planExperiment } from './plan/plan-experiment.ts'
export type { FoundRun } from './recovery/find-runs.ts'
export type { Healing } from './recovery/heal-run.ts'
export { type OpenUndo, openUndos } from './recovery/open-undos.ts'
export type { RedactLevel } from './redact/named-secrets.ts'
export { withoutSecrets } from './redact/redactor-of.ts'
export type { InterruptedBy } from './run/interruption.ts'
export { runExperiment, startRun } from './run/run-experiment.ts'
export type { FinishedRun, Run, RunOptions } from './run/run-options.ts'
export { type RunPart, runParts } from './run/run-parts.ts'
export type { DryLevel } from './run/run-scope.ts'
export { hypothesisStrategies, rollbackStrategies } from './run/strategies.ts'
export { UndoRun, type UndoRunOptions } from './run/undo-run.ts'
export { editSettings, type SettingChange } from './settings/edit-settings.ts'
export { loadSettings, type Settings } from './settings/load-settings.ts'
export { type Location, locate, settingPath } from './settings/locate.ts'
export type { Problem } from './validate/problem.ts'
export {
  parseExperiment,
  type ValidateOptions,
  type Validation,
  validateExperiment,
  waveThrough,
} from './validate/validate-experiment.ts'
export { version } from './version.ts'
