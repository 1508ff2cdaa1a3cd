import { z } from 'zod'

/** The argument that names the cluster. */
export const clusterArgument = z
  .string()
  .min(1)
  .default('etcd/cluster.json')
  .describe('The file that describes the cluster: its hosts, their addresses and folders.')
