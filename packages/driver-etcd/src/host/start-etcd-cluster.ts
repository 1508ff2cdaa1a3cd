import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Clock } from '@squall/contract'
import { type ClusterFile, clusterFileName, openClusterFile, readClusterFile } from '../cluster-file.ts'
import { isServing } from '../look/cluster-look.ts'
import { lookIfAny, waitUntil } from '../membership.ts'
import { endStrays } from './end-strays.ts'
import { EtcdClient } from './etcd-client.ts'
import { writeWhole } from './host-files.ts'
import { endMember, startMember } from './member-process.ts'
import { systemClock } from './system-clock.ts'

/** How a cluster on this machine is made. */
export interface EtcdClusterOptions {
  /** Default: a temporary folder, removed at the end. */
  readonly directory?: string | undefined
  /** Members, 1 to 9. Default 5. */
  readonly size?: number | undefined
  /** Hosts without a member, to which members can move. Default 1. */
  readonly spares?: number | undefined
  /** The first host's port for clients; peers use the next one, and each further host ten more. Default 23790. */
  readonly basePort?: number | undefined
  /** How long a restart of a host keeps it down, in milliseconds. Default 2000. */
  readonly rebootMs?: number | undefined
  /** Default: `etcd`, from the PATH. */
  readonly program?: string | undefined
  /** Ends an unfinished start; nothing of it is left. */
  readonly signal?: AbortSignal | undefined
}

/** A cluster of real etcd processes on 127.0.0.1. They run until they are stopped. */
export interface EtcdCluster extends AsyncDisposable {
  /** The file that describes it: what the driver's `cluster` means. */
  readonly file: string
  readonly directory: string
  /** Addresses for clients, the spare hosts' included. */
  readonly clientUrls: readonly string[]
  /** Ends every process and removes data and file. May be called again. */
  stop(): Promise<void>
}

/** Starts a cluster and resolves once all of its members take part. When something fails, all that was started is ended. */
export async function startEtcdCluster(options: EtcdClusterOptions = {}): Promise<EtcdCluster> {
  const ownsDirectory = options.directory === undefined
  const directory = path.resolve(options.directory ?? (await mkdtemp(path.join(os.tmpdir(), 'squall-etcd-'))))
  const file = path.join(directory, clusterFileName)
  const stop = async (): Promise<void> => {
    await stopEtcdCluster(file)
    if (ownsDirectory) await rm(directory, { recursive: true, force: true })
  }
  try {
    const cluster = await writeCluster(file, options)
    await startAll(cluster, options.signal ?? new AbortController().signal)
    const clientUrls = cluster.hosts.map(({ clientUrl }) => clientUrl)
    return { file, directory, clientUrls, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ends the processes of a cluster that `startEtcdCluster` made, in whatever process, and removes its data and file. */
export async function stopEtcdCluster(file: string): Promise<void> {
  const cluster = await readClusterFile(file)
  if (!cluster) return
  const context = { clock: systemClock, signal: new AbortController().signal }
  await Promise.all(cluster.hosts.map((host) => endMember(host, 'SIGKILL', context)))
  await Promise.all(cluster.hosts.map((host) => endStrays(host, systemClock)))
  await rm(file, { force: true })
  await Promise.all(cluster.hosts.map(({ folder }) => rm(folder, { recursive: true, force: true })))
}

async function writeCluster(file: string, options: EtcdClusterOptions): Promise<ClusterFile> {
  const { size = 5, spares = 1, basePort = 23_790, rebootMs = 2000, program = 'etcd' } = options
  const hosts = Array.from({ length: size + spares }, (_, n) => ({
    name: `host${n + 1}`,
    clientUrl: `http://127.0.0.1:${basePort + 10 * n}`,
    peerUrl: `http://127.0.0.1:${basePort + 10 * n + 1}`,
    folder: `host${n + 1}`,
    rebootMs,
  }))
  const directory = path.dirname(file)
  const token = `squall-${path.basename(directory)}`
  // Before the folders it names: whoever finds it after a kill can remove all of them.
  await writeWhole(file, `${JSON.stringify({ size, token, program, hosts }, null, 2)}\n`)
  for (const { folder } of hosts) await mkdir(path.join(directory, folder), { recursive: true })
  return openClusterFile(file)
}

async function startAll(cluster: ClusterFile, signal: AbortSignal): Promise<void> {
  const founders = cluster.hosts.slice(0, cluster.size)
  const initialCluster = founders.map(({ name, peerUrl }) => `${name}=${peerUrl}`).join(',')
  const client = new EtcdClient()
  const clock: Clock = systemClock
  try {
    await Promise.all(founders.map((host) => startMember(cluster, host, { state: 'new', initialCluster })))
    await waitUntil({ cluster, client, clock, signal }, `The start of ${cluster.file}`, async () => {
      const look = await lookIfAny({ cluster, client, clock, signal })
      return look !== undefined && founders.every((_, n) => isServing(look.hosts[n] as never, look.leader))
    })
  } finally {
    await client.close()
  }
}
