import type { Clock, ProcessIdentity } from '@squall/contract'
import { identityOf, isAlive } from '@squall/procfs'
import type { ClusterFile, EtcdHost } from '../cluster-file.ts'
import { dataFolder, logFile, runningProcess, wipeData, writeProcess } from './host-files.ts'
import { send } from './send.ts'

/** With whom a member starts: founding the cluster, joining it, or with the data it has. */
export interface Start {
  readonly state: 'new' | 'existing'
  /** `NAME=PEER_URL,...`; of no weight for a member that has data. */
  readonly initialCluster: string
}

/** The shell hands the program on to the system, so that it outlives whoever starts it, and tells its pid. */
const handOn = 'setsid "$@" </dev/null >>"$0" 2>&1 & echo $!'

/** Starts the member of a host, unless it runs. */
export async function startMember(cluster: ClusterFile, host: EtcdHost, start?: Start): Promise<void> {
  if (await runningProcess(host)) return
  const command = commandOf(cluster, host, start ?? ownCluster(host))
  // Late: it takes longer to load than everything else here, and most activities start nothing.
  const { execa } = await import('execa')
  const { stdout } = await execa('sh', ['-c', handOn, logFile(host), ...command], { cwd: host.folder })
  const mark = identityOf(Number(stdout))
  // One that has ended already is missed by whoever waits for it; its log says why.
  if (mark) await writeProcess(host, mark)
}

function commandOf({ program, token }: ClusterFile, host: EtcdHost, start: Start): string[] {
  const flags = {
    name: host.name,
    'data-dir': dataFolder(host),
    'listen-client-urls': host.clientUrl,
    'advertise-client-urls': host.clientUrl,
    'listen-peer-urls': host.peerUrl,
    'initial-advertise-peer-urls': host.peerUrl,
    'initial-cluster': start.initialCluster,
    'initial-cluster-state': start.state,
    'initial-cluster-token': token,
    logger: 'zap',
    'log-outputs': 'stderr',
  }
  const written = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)
  // Without --pre-vote a member that comes back can cost the others their leader.
  return [...host.through, program, ...written, '--pre-vote']
}

function ownCluster(host: EtcdHost): Start {
  return { state: 'existing', initialCluster: `${host.name}=${host.peerUrl}` }
}

const askedMs = 5000
const killedMs = 5000
const pollMs = 10
/** An activity returns within 100 ms of an abort. */
const abortedMs = 70

/** Ends the member of a host: at once, or asked first. Resolves when it is gone. */
export async function endMember(
  host: EtcdHost,
  how: 'SIGKILL' | 'SIGTERM',
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  const mark = await runningProcess(host)
  if (!mark) return
  send(mark, how)
  // A frozen process takes the request only once it runs again.
  send(mark, 'SIGCONT')
  if (how === 'SIGTERM' && (await endsWithin(mark, askedMs, clock, signal))) return
  send(mark, 'SIGKILL')
  if (await diesWithin(mark, killedMs, clock, signal)) return
  throw new Error(`The process ${mark.pid} of ${host.name} does not end.`)
}

/**
 * Whether a process that was killed is gone in time. After an abort it is waited for a little longer: an undo that finds
 * it alive would take it for one that nobody has killed.
 */
async function diesWithin(
  mark: ProcessIdentity,
  milliseconds: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  let until = clock.monotonic() + milliseconds
  let isShort = false
  while (isAlive(mark)) {
    if (signal.aborted && !isShort) {
      isShort = true
      until = Math.min(until, clock.monotonic() + abortedMs)
    }
    if (clock.monotonic() > until) {
      signal.throwIfAborted()
      return false
    }
    await clock.sleep(pollMs)
  }
  return true
}

/** Ends the member and removes its data. */
export async function discardMember(
  host: EtcdHost,
  context: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  await endMember(host, 'SIGTERM', context)
  await wipeData(host)
}

async function endsWithin(
  mark: ProcessIdentity,
  milliseconds: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const until = clock.monotonic() + milliseconds
  while (isAlive(mark)) {
    if (clock.monotonic() > until) return false
    await clock.sleep(pollMs, signal)
  }
  return true
}
