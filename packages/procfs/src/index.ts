export { allPids, openFilesOf, readProc, readProcLink } from './host/proc-files.ts'
export {
  identityOf,
  isAlive,
  type Process,
  readProcess,
  readStat,
  signalProcess,
} from './host/processes.ts'
export { type SignalDelivery, sendSignal } from './host/send-signal.ts'
export {
  ancestorsOf,
  type Bystanders,
  type OtherUsers,
  objectionTo,
  objectionToPid,
  type Touched,
} from './objection-to.ts'
export { type ListeningSocket, parseProcNetTcp } from './proc-net-tcp.ts'
export type { ProcStat } from './proc-stat.ts'
