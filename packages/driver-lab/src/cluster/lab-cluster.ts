import path from 'node:path'
import {
  type Cluster,
  type ClusterContext,
  type ClusterSnapshot,
  defineCluster,
  type Fault,
  type FaultContext,
  type FaultKind,
  type FaultOutcome,
} from '@squall/contract'
import { findLab } from '@squall/lab'
import { z } from 'zod'
import { orActivityFailed } from '../which-lab.ts'
import { carryOut } from './carry-out.ts'
import { look } from './lab-work.ts'
import { snapshotOf } from './snapshot-of.ts'

class LabCluster implements Cluster {
  readonly faults: readonly FaultKind[] = [
    'restart-node',
    'restart-code-package',
    'remove-replica',
    'move-instance',
  ]
  readonly #recordFile: string
  readonly #rebootMs: number

  constructor(recordFile: string, rebootMs: number) {
    this.#recordFile = recordFile
    this.#rebootMs = rebootMs
  }

  async snapshot({ clock, signal }: ClusterContext): Promise<ClusterSnapshot> {
    return snapshotOf(await look({ recordFile: this.#recordFile, clock, signal }))
  }

  async upgrading({ clock, signal }: ClusterContext): Promise<string | undefined> {
    const { deploying } = await look({ recordFile: this.#recordFile, clock, signal })
    return deploying === undefined ? undefined : `The deploy lock is there: ${deploying}.`
  }

  inject(fault: Fault, context: FaultContext): Promise<FaultOutcome> {
    const { clock, signal } = context
    const undo: FaultContext['undo'] = (func, args) => context.undo(func, args)
    return carryOut({ recordFile: this.#recordFile, rebootMs: this.#rebootMs, clock, signal, undo }, fault)
  }
}

/** The target `lab` of `squall chaos`. */
export const labCluster = defineCluster({
  summary: 'The demo lab: its process hosts, and its two services as applications.',
  options: z.strictObject({
    directory: z.string().optional().describe("The lab's folder. Default: the only lab that runs."),
    rebootMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(2000)
      .describe('How long a restart of a host keeps it down, in milliseconds.'),
  }),
  connect: async ({ directory, rebootMs }, context): Promise<Cluster> => {
    const folder = directory === undefined ? undefined : path.resolve(context.directory, directory)
    const { recordFile } = await orActivityFailed(findLab({ directory: folder }))
    return new LabCluster(recordFile, rebootMs)
  },
})
