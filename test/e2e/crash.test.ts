import { costTests } from '../crash/cost-tests.ts'
import { crashTests } from '../crash/crash-tests.ts'
import { damageTests } from '../crash/damage-tests.ts'
import { diskTests } from '../crash/disk-tests.ts'
import { rivalTests } from '../crash/rival-tests.ts'
import { terminalTests } from '../crash/terminal-tests.ts'

// A sample of what test/full/crash.test.ts does at length.
crashTests({ everyRecord: 9, everyRecordAlone: 17, instants: 8, killedRecoveries: 3 })
rivalTests({ rounds: 3 })
terminalTests()
diskTests()
costTests({ timed: 3 })
damageTests({ cutEvery: 37, flipEvery: 223 })
