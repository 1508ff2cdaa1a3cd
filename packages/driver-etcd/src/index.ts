import { defineDriver } from '@squall/contract'
import { killMember } from './activities/kill-member.ts'
import { moveLeader } from './activities/move-leader.ts'
import { pauseMemberAction } from './activities/pause-member.ts'
import { get, health, leader, members } from './activities/probes.ts'
import { put } from './activities/put.ts'
import { startCluster } from './activities/start-cluster.ts'
import { stopClusterAction } from './activities/stop-cluster.ts'
import { etcdCluster } from './etcd-cluster.ts'
import { restoreKey } from './undo/restore-key.ts'
import { restoreMembers } from './undo/restore-members.ts'
import { resumeMember } from './undo/resume-member.ts'
import { startHost } from './undo/start-host.ts'
import { stopCluster } from './undo/stop-cluster.ts'

export {
  type EtcdCluster,
  type EtcdClusterOptions,
  startEtcdCluster,
  stopEtcdCluster,
} from './host/start-etcd-cluster.ts'

/** etcd: its members, leader and keys for experiments, and a whole cluster for continuous chaos. */
export default defineDriver({
  name: 'etcd',
  contract: 1,
  summary: 'A real etcd cluster: members, leader, keys; a target of continuous chaos.',
  activities: {
    start_cluster: startCluster,
    stop_cluster: stopClusterAction,
    members,
    leader,
    health,
    get,
    put,
    kill_member: killMember,
    pause_member: pauseMemberAction,
    move_leader: moveLeader,
  },
  undo: {
    stop_cluster: stopCluster,
    start_host: startHost,
    restore_members: restoreMembers,
    resume_member: resumeMember,
    restore_key: restoreKey,
  },
  clusters: { etcd: etcdCluster },
  platforms: ['linux'],
})
