export { type LogBroken, type LogDamage, type LogPlace, logBroken } from './broken-log.ts'
export { dropSegments } from './drop-segments.ts'
export type { EventLog } from './event-log.ts'
export { nodeLogFiles } from './node-log-files.ts'
export { type EventLogOptions, openEventLog } from './open-event-log.ts'
export type { LogFile, LogFiles, LogTimer } from './ports.ts'
export {
  type EventLogContent,
  iterateEventLog,
  type LoggedRecord,
  type ReadOptions,
  readEventLog,
} from './read-event-log.ts'
export { type EventLogVerification, verifyEventLog } from './verify-event-log.ts'
