import type { Command } from 'commander'
import { count, list, seconds } from './values.ts'

/** The parameters of a run, in the words of Service Fabric's own client, and what it has no words for. */
export function parameterOptions(command: Command): Command {
  return command
    .option('--time-to-run <seconds>', 'how long chaos runs', seconds)
    .option('--max-cluster-stabilization <seconds>', 'time the cluster has to become healthy', seconds)
    .option('--max-concurrent-faults <count>', 'faults of one iteration at most', count)
    .option('--disable-move-replica-faults', 'leave replicas where they are')
    .option('--wait-time-between-faults <seconds>', 'each fault waits a part of this by chance', seconds)
    .option('--wait-time-between-iterations <seconds>', 'pause after an iteration', seconds)
    .option('--chaos-target-filter <json>', 'NodeTypeInclusionList and ApplicationInclusionList')
    .option('--cluster-health-policy <json>', 'the health policy, as on the wire')
    .option('--context <json>', 'a map of texts that is kept with the run')
    .option('--parameters <file>', 'ChaosParameters as a JSON file; the options above win over it')
    .option('--include-kinds <kinds>', 'only these kinds of faults, joined by commas', list)
    .option('--exclude-kinds <kinds>', 'all kinds but these, joined by commas', list)
    .option('--weights <kind=number>', 'weights of kinds, joined by commas', list)
    .option('--exclude <json>', 'nodes, nodeTypes, applications, services that are never touched')
}
