import { afterEach, describe, expect, it } from 'vitest'
import { type Call, openApiClient } from './open-api.ts'
import { type ServedChaos, serveChaos, until } from './served-chaos.ts'

const open: ServedChaos[] = []

afterEach(async () => {
  for (const served of open.splice(0)) await served[Symbol.asyncDispose]()
})

async function client(): Promise<{ call: Call; served: ServedChaos }> {
  const served = await serveChaos()
  open.push(served)
  return { call: await openApiClient(served.url), served }
}

const v6 = { 'api-version': '6.2' }
const v1 = { 'api-version': '6.0' }
const brisk = {
  TimeToRunInSeconds: '600',
  MaxConcurrentFaults: 2,
  WaitTimeBetweenFaultsInSeconds: 0,
  WaitTimeBetweenIterationsInSeconds: 1,
}

interface Segment {
  readonly ContinuationToken: string
  readonly History: readonly {
    readonly ChaosEvent: { readonly Kind: string; readonly TimeStampUtc: string }
  }[]
}

const kindsOf = (data: unknown): string[] =>
  (data as Segment).History.map(({ ChaosEvent }) => ChaosEvent.Kind)

async function eventually(call: Call, kind: string): Promise<string[]> {
  return until(
    async () => kindsOf((await call('getChaosEvents', v6)).data),
    (kinds) => kinds.includes(kind),
  )
}

describe('a client made from the OpenAPI file', { timeout: 40_000 }, () => {
  it('selects the cluster', async () => {
    const { call } = await client()
    expect(await call('root')).toMatchObject({ status: 200 })
    expect(await call('getClusterVersion', { 'api-version': '6.4', timeout: 60 })).toEqual({
      status: 200,
      data: { Version: '11.2.274.9590' },
    })
  })

  it('tells how the cluster is', async () => {
    const { call, served } = await client()
    const health = async () => (await call('getClusterHealth', v1)).data
    expect(await health()).toMatchObject({ AggregatedHealthState: 'Ok', UnhealthyEvaluations: [] })
    served.cluster.setHealth({ node: 'FrontEnd1' }, 'Error')
    expect(await health()).toMatchObject({
      AggregatedHealthState: 'Error',
      UnhealthyEvaluations: [{ HealthEvaluation: { Description: expect.stringContaining('FrontEnd1') } }],
    })
  })

  it('finds a fresh service stopped, without a report', async () => {
    const { call } = await client()
    expect((await call('getChaos', v6)).data).toMatchObject({
      Status: 'Stopped',
      ScheduleStatus: 'Stopped',
      ChaosParameters: { TimeToRunInSeconds: '4294967295', MaxConcurrentFaults: 1 },
    })
    expect(await call('getChaosReport', v1)).toMatchObject({
      status: 503,
      data: { Error: { Code: 'FABRIC_E_NOT_READY' } },
    })
    expect((await call('getChaosSchedule', v6)).data).toMatchObject({ Version: 0, Schedule: { Jobs: [] } })
  })

  it('starts a run, follows its events, is refused a second one, and stops it', async () => {
    const { call } = await client()
    expect(await call('startChaos', v1, brisk)).toEqual({ status: 200, data: {} })
    const kinds = await eventually(call, 'ExecutingFaults')
    expect(kinds[0]).toBe('Started')
    expect(await call('startChaos', v1, brisk)).toMatchObject({
      status: 400,
      data: { Error: { Code: 'FABRIC_E_CHAOS_ALREADY_RUNNING' } },
    })
    expect((await call('getChaos', v6)).data).toMatchObject({ Status: 'Running', ScheduleStatus: 'Active' })
    expect(await call('stopChaos', v1)).toEqual({ status: 200, data: {} })
    await eventually(call, 'Stopped')
    expect((await call('getChaos', v6)).data).toMatchObject({ Status: 'Stopped', ScheduleStatus: 'Stopped' })
    const report = await call('getChaosReport', v1)
    expect(kindsOf(report.data)).toEqual(kindsOf((await call('getChaosEvents', v6)).data))
    expect(report.data).toMatchObject({ ChaosParameters: { MaxConcurrentFaults: 2 } })
    expect(await call('stopChaos', v1)).toEqual({ status: 200, data: {} })
  })

  it('pages through events by token, and refuses a token beside a range', async () => {
    const { call } = await client()
    await call('startChaos', v1, brisk)
    await eventually(call, 'Waiting')
    await call('stopChaos', v1)
    const all = await until(
      async () => kindsOf((await call('getChaosEvents', v6)).data),
      (kinds) => kinds.at(-1) === 'Stopped',
    )
    const pages: string[] = []
    let token: string | undefined
    do {
      const { data } = await call('getChaosEvents', {
        ...v6,
        MaxResults: 2,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      })
      pages.push(...kindsOf(data))
      token = (data as Segment).ContinuationToken
    } while (token !== '')
    expect(pages).toEqual(all)
    const both = { ...v6, ContinuationToken: 'x1-0', StartTimeUtc: '0' }
    expect(await call('getChaosEvents', both)).toMatchObject({
      status: 400,
      data: { Error: { Code: 'E_INVALIDARG' } },
    })
    expect(kindsOf((await call('getChaosEvents', { ...v6, ContinuationToken: 'x1-0' })).data)).toEqual([])
  })

  it('sets a schedule by its version, once', async () => {
    const { call } = await client()
    const description = (version: number): object => ({
      Version: version,
      Schedule: {
        StartDate: '2000-01-01T00:00:00.000Z',
        ExpiryDate: '2100-01-01T00:00:00.000Z',
        ChaosParametersDictionary: [{ Key: 'brisk', Value: brisk }],
        Jobs: [
          {
            ChaosParameters: 'brisk',
            Days: Object.fromEntries(
              ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map((day) => [
                day,
                true,
              ]),
            ),
            Times: [{ StartTime: { Hour: 0, Minute: 0 }, EndTime: { Hour: 23, Minute: 59 } }],
          },
        ],
      },
    })
    expect(await call('postChaosSchedule', v6, description(7))).toMatchObject({
      status: 400,
      data: { Error: { Code: 'E_INVALIDARG' } },
    })
    expect(await call('postChaosSchedule', v6, description(0))).toEqual({ status: 200, data: {} })
    expect((await call('getChaosSchedule', v6)).data).toMatchObject({ Version: 1 })
    await eventually(call, 'Started')
    expect(await call('postChaosSchedule', v6, description(1))).toMatchObject({
      status: 400,
      data: { Error: { Code: 'FABRIC_E_CHAOS_ALREADY_RUNNING' } },
    })
    await call('stopChaos', v1)
  })
})
