import { z } from 'zod'

const milliseconds = z.number().min(0).max(86_400_000)

/** How long things take, each in milliseconds. */
export const latencyTable = z.strictObject({
  /** Every request to the cluster, before anything happens. */
  request: milliseconds.default(0),
  /** From the end of a node's processes until it is up again. */
  nodeRestart: milliseconds.default(8000),
  /** From the end of a process until it runs again. */
  codePackageRestart: milliseconds.default(2000),
  /** From the closing of a replica until it opens again. */
  replicaRestart: milliseconds.default(1000),
  /** Until a replica that is no longer needed has closed. */
  close: milliseconds.default(200),
  /** From the loss of a primary until another one is elected. */
  failOver: milliseconds.default(500),
  /** From a wish for another primary until the roles are exchanged. */
  swap: milliseconds.default(200),
  /** From the loss of a replica until a new one is placed. */
  placement: milliseconds.default(1000),
  /** From InBuild to Ready. */
  build: milliseconds.default(5000),
  /** From the moment a program hosts nothing any more until it ends. */
  deactivation: milliseconds.default(300_000),
  /** How long `pause-process` freezes a program. */
  pause: milliseconds.default(10_000),
})

export type Latencies = z.output<typeof latencyTable>
