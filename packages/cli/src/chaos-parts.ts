// A file of its own in the build: only `squall chaos` loads it (rolldown.config.mjs).
export {
  ChaosClient,
  type ChaosEvent,
  type ChaosService,
  type EngineSettings,
  explainEntity,
  explainIteration,
  faultText,
  type IterationExplanation,
  type IterationRecord,
  isoOf,
  openChaosService,
  type PlanRequest,
  readChaosParameters,
  type StartOptions,
  type UndoPort,
  unixMsOf,
  type WireEvent,
  writeChaosParameters,
} from '@squall/chaos'
export { fabricApi, type ServeOptions, serveFabricApi } from '@squall/fabric-api'
export { Simulator, simulatedCluster, twinOf } from '@squall/simulator'
