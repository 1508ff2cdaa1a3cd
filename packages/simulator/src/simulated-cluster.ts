import path from 'node:path'
import { type ClusterType, defineCluster } from '@squall/contract'
import { z } from 'zod'
import { Simulator } from './simulator.ts'
import { loadTopology } from './topology/load-topology.ts'
import { checkTopology } from './topology/parse-topology.ts'

const options = z.strictObject({
  topology: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .optional()
    .describe('A topology file, or the topology itself. Default: ten nodes with two applications.'),
  seed: z.union([z.string(), z.number()]).optional().describe('Decides ids and places. Default 0.'),
})

/** The target `simulated` of `squall chaos`. */
export const simulatedCluster: ClusterType<z.output<typeof options>> = defineCluster({
  summary: 'A simulated cluster that harms nothing.',
  options,
  connect: async ({ topology, seed }, { clock, directory }) =>
    new Simulator({
      clock,
      ...(seed === undefined ? {} : { seed }),
      ...(typeof topology === 'string'
        ? { topology: await loadTopology(path.resolve(directory, topology)) }
        : {}),
      ...(typeof topology === 'object' ? { topology: checkTopology(topology) } : {}),
    }),
})
