// Starts Chaos with parameters and a target filter, follows its report, and ends when Chaos has stopped. Speaks to any server
// with Service Fabric's REST routes: a cluster, or `squall chaos serve`.
//   npx jiti chaos.ts [URL] [SECONDS TO RUN]
import { setTimeout as delay } from 'node:timers/promises'

interface ChaosEvent {
  readonly Kind: string
  readonly TimeStampUtc: string
  readonly Reason?: string
  readonly Faults?: readonly string[]
}

interface ChaosReport {
  readonly ContinuationToken: string
  readonly History: readonly { readonly ChaosEvent: ChaosEvent }[]
}

/** What the server refuses: `(Code) Message`. */
class Refusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(`(${code}) ${message}`)
    this.code = code
  }
}

const [server = 'http://127.0.0.1:19080', seconds = '3600'] = process.argv.slice(2)

const parameters = {
  TimeToRunInSeconds: seconds,
  // How long nodes, services and replicas may take to be well before an iteration. Else there is a ValidationFailed event.
  MaxClusterStabilizationTimeoutInSeconds: 30,
  // Faults at once. Begin with 2 or 3; more make for more complex failures.
  MaxConcurrentFaults: 3,
  EnableMoveReplicaFaults: true,
  WaitTimeBetweenIterationsInSeconds: 10,
  // Each fault waits a random part of it. 0: all begin together.
  WaitTimeBetweenFaultsInSeconds: 0,
  ClusterHealthPolicy: {
    ConsiderWarningAsError: false,
    MaxPercentUnhealthyNodes: 100,
    MaxPercentUnhealthyApplications: 100,
  },
  Context: { Map: { ReasonForStart: 'Testing' } },
  // A union: every kind of fault on nodes of this type, and whatever belongs to this application wherever it is.
  ChaosTargetFilter: {
    NodeTypeInclusionList: ['FrontEndType'],
    ApplicationInclusionList: ['fabric:/TestApp2'],
  },
}

const began = Date.now()
await start()
for await (const event of events()) say(text(event))

async function start(): Promise<void> {
  try {
    await send('POST', '/Tools/Chaos/$/Start?api-version=6.0', parameters)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'FABRIC_E_CHAOS_ALREADY_RUNNING') throw error
    say('An instance of Chaos is already running in the cluster.')
  }
}

/** Every event since we began, once, up to the one that says that Chaos has stopped. */
async function* events(): AsyncGenerator<ChaosEvent> {
  const seen = new Set<string>()
  let token = ''
  for (;;) {
    const report = await reportFrom(token)
    for (const { ChaosEvent: event } of report?.History ?? []) {
      // Times have milliseconds on the wire, in which more than one thing can happen: the whole event is compared.
      const key = JSON.stringify(event)
      if (seen.has(key)) continue
      seen.add(key)
      yield event
      if (event.Kind === 'Stopped') return
    }
    token = report?.ContinuationToken ?? token
    if (token === '') await delay(1000)
  }
}

/** A segment of the report: of the time since we began, or the one that a token stands for. Undefined: ask again later. */
async function reportFrom(token: string): Promise<ChaosReport | undefined> {
  const range =
    token === '' ? `StartTimeUtc=${fileTime(began)}` : `ContinuationToken=${encodeURIComponent(token)}`
  try {
    return (await send('GET', `/Tools/Chaos/$/Report?api-version=6.0&${range}`)) as ChaosReport
  } catch (error) {
    const isTransient = !(error instanceof Refusal) || /NOT_READY|RECONFIGURATION|TIMEOUT/.test(error.code)
    if (!isTransient) throw error
    say(`For the moment there is no report: ${String(error)}`)
    await delay(1000)
    return undefined
  }
}

async function send(method: string, path: string, body?: object): Promise<unknown> {
  const content = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const answer = await fetch(`${server}${path}`, { method, signal: AbortSignal.timeout(60_000), ...content })
  if (answer.ok) return answer.json()
  const { Error: refusal } = (await answer.json()) as { Error: { Code: string; Message: string } }
  throw new Refusal(refusal.Code, refusal.Message)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Windows file time: 100 ns ticks since 1601. */
function fileTime(milliseconds: number): string {
  return String(BigInt(milliseconds) * 10_000n + 116_444_736_000_000_000n)
}

function text({ Kind, TimeStampUtc, Reason, Faults = [] }: ChaosEvent): string {
  return [`${TimeStampUtc} ${Kind}${Reason === undefined ? '' : `: ${Reason}`}`, ...Faults].join('\n  ')
}
