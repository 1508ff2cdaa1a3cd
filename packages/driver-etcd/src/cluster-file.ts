import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { SquallError } from '@squall/contract'
import { z } from 'zod'

const url = z
  .string()
  .regex(/^https?:\/\/[^/]+$/, 'expected an URL without a path, such as http://127.0.0.1:2379')

const hostSchema = z.strictObject({
  /** Also the name of the member that runs here. */
  name: z.string().min(1),
  type: z.string().min(1).default('EtcdType'),
  clientUrl: url,
  peerUrl: url,
  /** For its data, log and pid file; relative to the file. */
  folder: z.string().min(1),
  /** What the program is started through, such as `["ip", "netns", "exec", "host1"]`. */
  through: z.array(z.string()).default([]),
  /** How long a restart of the host keeps it down, in milliseconds. */
  rebootMs: z.int().min(0).max(600_000).default(2000),
})

const clusterSchema = z.strictObject({
  /** How many members there are to be. Hosts beyond that are spares, to which members can move. */
  size: z.int().min(1).max(9),
  token: z.string().min(1),
  program: z.string().min(1).default('etcd'),
  hosts: z.array(hostSchema).min(1),
})

/** Where one member can run. */
export type EtcdHost = z.output<typeof hostSchema>

/** A cluster as it is written in its file. */
export interface ClusterFile extends z.output<typeof clusterSchema> {
  /** Absolute path of the file: by it the cluster is found again. */
  readonly file: string
}

/** The name it has in a folder of its own. */
export const clusterFileName = 'cluster.json'

/** Undefined when there is no such file. Throws `SQUALL_CLUSTER_UNREADABLE` for one that is no description of a cluster. */
export async function readClusterFile(file: string): Promise<ClusterFile | undefined> {
  const text = await textOf(file)
  if (text === undefined) return undefined
  const result = clusterSchema.safeParse(parsed(text, file))
  if (!result.success) {
    const problems = result.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`)
    throw unreadable(file, problems.join('; '))
  }
  const hosts = result.data.hosts.map((host) => ({
    ...host,
    folder: path.resolve(path.dirname(file), host.folder),
  }))
  return { ...result.data, hosts, file }
}

/** The file of a cluster that must be there. */
export async function openClusterFile(file: string): Promise<ClusterFile> {
  const cluster = await readClusterFile(file)
  if (cluster) return cluster
  throw unreadable(file, 'there is no such file')
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unreadable(file, error instanceof Error ? error.message : String(error), error)
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unreadable(file, 'it is not JSON', error)
  }
}

function unreadable(file: string, reason: string, cause?: unknown): SquallError {
  return new SquallError(
    'SQUALL_CLUSTER_UNREADABLE',
    { source: file, reason },
    {
      cause,
      hint: 'Name the file that describes the etcd cluster as `cluster`; the README of @squall/driver-etcd shows one.',
    },
  )
}
