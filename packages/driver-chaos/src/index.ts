import { defineDriver } from '@squall/contract'
import { chaosEvents } from './activities/chaos-events.ts'
import { chaosReport } from './activities/chaos-report.ts'
import { chaosStatus } from './activities/chaos-status.ts'
import { injectFault } from './activities/inject-fault.ts'
import { startChaos } from './activities/start-chaos.ts'
import { stopChaos } from './activities/stop-chaos.ts'
import { waitUntilHealthy } from './activities/wait-until-healthy.ts'
import { undoStopChaos } from './undo-stop-chaos.ts'

/** Continuous chaos as the method of an experiment. */
export default defineDriver({
  name: 'chaos',
  contract: 1,
  summary: 'Continuous chaos: starts and stops it on a server, and reports what it did.',
  activities: {
    start_chaos: startChaos,
    stop_chaos: stopChaos,
    chaos_status: chaosStatus,
    chaos_events: chaosEvents,
    chaos_report: chaosReport,
    inject_fault: injectFault,
    wait_until_healthy: waitUntilHealthy,
  },
  undo: { stop_chaos: undoStopChaos },
})
