import { type EventQueryTexts, writeChaosParameters } from '@squall/chaos'
import type { JsonObject } from '@squall/contract'
import type { Context, Hono } from 'hono'
import { checkApiVersion, type VersionRange } from './api-version.ts'
import type { FabricApiOptions } from './fabric-api-options.ts'
import { readBody } from './read-body.ts'
import { timeoutSeconds, withinTimeout } from './within-timeout.ts'
import { writeHealth } from './write-health.ts'
import { writePage } from './write-page.ts'

const any: VersionRange = { from: 1 }
const recent: VersionRange = { from: 6.2 }
const old: VersionRange = { from: 1, to: 6.1 }

/** The version of a current runtime, which the official command line asks for. */
const currentVersion = '11.2.274.9590'

type Answer = JsonObject | Promise<JsonObject>

/** The operations of Service Fabric (8), under the paths and with the bodies that its clients know. */
export function addFabricRoutes(api: Hono, options: FabricApiOptions): void {
  const { chaos, clock, clusterVersion = currentVersion } = options
  const operation =
    (versions: VersionRange, answer: (context: Context) => Answer) =>
    async (context: Context): Promise<Response> => {
      checkApiVersion(context.req.query('api-version'), versions)
      const seconds = timeoutSeconds(context.req.query('timeout'))
      return context.json(await withinTimeout(seconds, clock, Promise.resolve(answer(context))))
    }

  api.get('/', (context) => context.json({ Name: 'squall', Version: clusterVersion }))
  api.get(
    '/$/GetClusterVersion',
    operation(any, () => ({ Version: clusterVersion })),
  )
  api.get(
    '/$/GetClusterHealth',
    operation(any, async () => writeHealth(await chaos.health())),
  )
  api.post(
    '/Tools/Chaos/$/Start',
    operation(any, async ({ req }) => {
      await chaos.start(await readBody(req))
      return {}
    }),
  )
  api.post(
    '/Tools/Chaos/$/Stop',
    operation(any, async () => {
      await chaos.stop()
      return {}
    }),
  )
  api.get(
    '/Tools/Chaos',
    operation(recent, () => ({ ...writeStatus(chaos.get()), ScheduleStatus: chaos.get().scheduleStatus })),
  )
  api.get(
    '/Tools/Chaos/Events',
    operation(recent, ({ req }) => writePage(chaos.events(queryOf(req, true)))),
  )
  api.get(
    '/Tools/Chaos/$/Report',
    operation(old, ({ req }) => {
      const report = chaos.report(queryOf(req, false))
      return { ...writeStatus(report), ...writePage(report) }
    }),
  )
  api.get(
    '/Tools/Chaos/Schedule',
    operation(recent, () => chaos.writeSchedule()),
  )
  api.post(
    '/Tools/Chaos/Schedule',
    operation(recent, async ({ req }) => {
      await chaos.setSchedule(await readBody(req))
      return {}
    }),
  )
}

function writeStatus({ status, parameters }: ReturnType<FabricApiOptions['chaos']['get']>): JsonObject {
  return { Status: status, ChaosParameters: writeChaosParameters(parameters) }
}

/** Only Events know `MaxResults`. */
function queryOf(request: Context['req'], hasMaxResults: boolean): EventQueryTexts {
  const texts = {
    continuationToken: request.query('ContinuationToken'),
    startTimeUtc: request.query('StartTimeUtc'),
    endTimeUtc: request.query('EndTimeUtc'),
    maxResults: hasMaxResults ? request.query('MaxResults') : undefined,
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}
