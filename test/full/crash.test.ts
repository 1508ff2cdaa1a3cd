import { costTests } from '../crash/cost-tests.ts'
import { crashTests } from '../crash/crash-tests.ts'
import { damageTests } from '../crash/damage-tests.ts'
import { diskTests } from '../crash/disk-tests.ts'
import { frozenHealerTest, rivalTests } from '../crash/rival-tests.ts'
import { terminalTests } from '../crash/terminal-tests.ts'

crashTests({ everyRecord: 1, everyRecordAlone: 1, instants: 50, killedRecoveries: 25 })
rivalTests({ rounds: 20 })
frozenHealerTest()
terminalTests()
diskTests()
costTests({ timed: 10 })
damageTests({ cutEvery: 1, flipEvery: 5 })
