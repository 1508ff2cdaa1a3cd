import { defineDriver } from '@squall/contract'
import { alias } from './alias.ts'
import { labCluster } from './cluster/lab-cluster.ts'
import { restoreInstances } from './cluster/restore-instances.ts'
import { labStatusProbe } from './lab-status.ts'
import { startDataSourceService, startShowDataService } from './start-service.ts'
import { stopServiceUndo } from './stop-service.ts'
import { test } from './test-probe.ts'

/** The lab as a chaos target, and the activities of the article's driver that are about its services. */
export default defineDriver({
  name: 'lab',
  contract: 1,
  summary: 'The demo lab: starts instances of its services and tells how it is.',
  activities: {
    test,
    lab_status: labStatusProbe,
    start_datasource_service: startDataSourceService,
    start_showdata_service: startShowDataService,
  },
  undo: { stop_service: stopServiceUndo, restore_instances: restoreInstances },
  clusters: { lab: labCluster },
  aliases: [alias],
})
