import { defineDriver } from '@squall/contract'
import { chaosReport } from './activities/chaos-report.ts'
import { chaosStatus } from './activities/chaos-status.ts'
import { startChaos } from './activities/start-chaos.ts'
import { stopChaos } from './activities/stop-chaos.ts'
import { waitUntilHealthy } from './activities/wait-until-healthy.ts'
import { aliases } from './aliases.ts'
import { undoStopChaos } from './undo-stop-chaos.ts'

/** Chaos in a real Service Fabric cluster, over its management endpoint. */
export default defineDriver({
  name: 'fabric',
  contract: 1,
  summary: 'Chaos in a Service Fabric cluster: starts and stops it, and reads its report.',
  activities: {
    start_chaos: startChaos,
    stop_chaos: stopChaos,
    chaos_report: chaosReport,
    chaos_status: chaosStatus,
    wait_until_healthy: waitUntilHealthy,
  },
  undo: { stop_chaos: undoStopChaos },
  aliases,
})
