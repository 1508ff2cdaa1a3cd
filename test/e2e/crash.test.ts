import { crashTests } from '../crash/crash-tests.ts'

// A sample of what test/full/crash.test.ts does at length.
crashTests({ everyRecord: 7, everyRecordAlone: 13, instants: 8, killedRecoveries: 3 })
