export { type LabChoice, labDown, labStatus, labUp } from './host/detached-lab.ts'
export type { EndedLab, EndedProcess } from './host/end-lab.ts'
export {
  deployLockFile,
  endInstance,
  type HostedInstance,
  type LabHosts,
  lookAtHosts,
  recordHost,
} from './host/lab-hosts.ts'
export {
  type FoundLab,
  findLab,
  type LabSearch,
  type ServiceStart,
  startService,
  stopService,
  type TaggedService,
} from './host/lab-instances.ts'
export type { LabStatus, ProcessStatus } from './host/lab-status.ts'
export { type Lab, startLab } from './host/start-lab.ts'
export { isLabError, LabError, type LabErrorCode } from './lab-error.ts'
export type { LabOptions, LabSettings } from './lab-options.ts'
export type { HostRecord, LabProcess, ProcessMark } from './lab-record.ts'
export type { LabProgram, Service } from './service.ts'
