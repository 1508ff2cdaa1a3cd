import { expect, it } from 'vitest'
import driver, { startEtcdCluster } from '../../packages/driver-etcd/src/index.ts'
import { lawContext, seededRandom } from '../../packages/testkit/src/index.ts'
import { clock, reportFigures, trialSeconds, underChaos } from './under-chaos.ts'

const headers = { 'Content-Type': 'application/json' }
const encoded = (text: string): string => Buffer.from(text).toString('base64')

/** Writes and reads while chaos is at work. A write counts once etcd has acknowledged it. */
class Client {
  readonly acknowledged: string[] = []
  refused = 0
  reads = 0
  readonly lost: string[] = []
  longestGapMs = 0
  readonly #urls: readonly string[]
  readonly #over = new AbortController()
  readonly #random = seededRandom('reader')
  #lastWrite = clock.monotonic()

  constructor(urls: readonly string[]) {
    this.#urls = urls
  }

  async work(): Promise<void> {
    await Promise.all([this.#write(), this.#read()])
  }

  stop(): void {
    this.#over.abort()
  }

  /** Reads every acknowledged key once more. */
  async checkAll(): Promise<void> {
    for (const key of this.acknowledged) await this.#check(key, true)
  }

  async #write(): Promise<void> {
    for (let n = 0; !this.#over.signal.aborted; n += 1) {
      const key = `trial/${n}`
      if (await this.#post(n, '/v3/kv/put', { key: encoded(key), value: encoded(`value of ${key}`) })) {
        const now = clock.monotonic()
        this.longestGapMs = Math.max(this.longestGapMs, now - this.#lastWrite)
        this.#lastWrite = now
        this.acknowledged.push(key)
      }
      await clock.sleep(20)
    }
  }

  async #read(): Promise<void> {
    while (!this.#over.signal.aborted) {
      const key = this.acknowledged[Math.floor(this.#random.next() * this.acknowledged.length)]
      if (key) await this.#check(key, false)
      await clock.sleep(20)
    }
  }

  /** Linearizable: an answer is what the majority has. */
  async #check(key: string, insist: boolean): Promise<void> {
    for (let attempt = 0; attempt < (insist ? 200 : 1); attempt += 1) {
      const answer = await this.#post(this.reads + attempt, '/v3/kv/range', { key: encoded(key) })
      if (!answer) continue
      this.reads += 1
      const { kvs } = answer as { kvs?: { value: string }[] }
      if (kvs?.[0]?.value !== encoded(`value of ${key}`)) this.lost.push(key)
      return
    }
    if (insist) throw new Error(`${key} cannot be read.`)
  }

  /** Asks one member after the other; undefined when this one does not answer as it should. */
  async #post(turn: number, path: string, body: object): Promise<object | undefined> {
    const url = this.#urls[turn % this.#urls.length]
    try {
      const signal = AbortSignal.timeout(3000)
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal,
      })
      if (answer.ok) return (await answer.json()) as object
    } catch {
      // Not reachable, or too late: whether it was written is unknown, so it does not count.
    }
    this.refused += 1
    return undefined
  }
}

it(`loses no acknowledged write in ${trialSeconds} s of chaos`, async () => {
  const etcd = await startEtcdCluster({ size: 5, spares: 1, rebootMs: 1500 })
  const connection = { ...lawContext(), environment: {} }
  const cluster = await driver.clusters.etcd.connect({ cluster: etcd.file }, connection)
  const client = new Client(etcd.clientUrls)
  try {
    const working = client.work()
    const figures = await underChaos(driver, cluster, {
      MaxConcurrentFaults: 2,
      WaitTimeBetweenIterationsInSeconds: 3,
      WaitTimeBetweenFaultsInSeconds: 1,
      MaxClusterStabilizationTimeoutInSeconds: 30,
    })
    client.stop()
    await working
    await client.checkAll()
    const { lost, refused, reads, longestGapMs } = client
    const acknowledged = client.acknowledged.length
    await reportFigures({
      ...figures,
      ...{ acknowledged, lost: lost.length, reads, refused, longestGapMs: Math.round(longestGapMs) },
    })
    expect(lost).toEqual([])
    expect(acknowledged).toBeGreaterThan(trialSeconds)
  } finally {
    await cluster.close?.()
    await etcd.stop()
  }
})
