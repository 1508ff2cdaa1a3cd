export type { ProbeFinding } from './abilities/deed.ts'
export type {
  AbilityScene,
  ControlSample,
  ControlScene,
  DiscovererSample,
  DiscovererScene,
  LoaderSample,
  LoaderScene,
  NotifierSample,
  NotifierScene,
  ResolverSample,
  ResolverScene,
  SaidRefusal,
} from './ability-samples.ts'
export { type ClusterScene, clusterLaws } from './cluster/cluster-laws.ts'
export { snapshotFlaws } from './cluster/snapshot-flaws.ts'
export { driverLaws } from './driver-laws.ts'
export {
  expectJournal,
  JournalDiffers,
  type JournalExpectation,
  journalDifferences,
} from './expect-journal.ts'
export { type FakeFacts, type FakeProcess, FakeProcesses } from './fake-processes.ts'
export { endsInTime, type Took, timeToEnd } from './in-time.ts'
export { type Law, LawBroken } from './law.ts'
export { type LawContext, type LawContextOptions, type Logged, lawContext } from './law-context.ts'
export { playUndos, type UndoAnswer } from './play-undo.ts'
export type { DriverSamples, Outcome, ProviderSample, Refusal, Sample, Samples, Scene } from './samples.ts'
export { seededRandom } from './seeded-random.ts'
export { type UndoRecord, UndoRecorder } from './undo-recorder.ts'
export { VirtualClock } from './virtual-clock.ts'
