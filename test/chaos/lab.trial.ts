import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import driver from '../../packages/driver-lab/src/index.ts'
import { startLab } from '../../packages/lab/src/index.ts'
import { lawContext } from '../../packages/testkit/src/index.ts'
import { clock, reportFigures, trialSeconds, underChaos } from './under-chaos.ts'

const page = '{"data":"Handle the get http request method"}\n'

/** Asks for the page ten times a second. */
class Visitor {
  asked = 0
  served = 0
  readonly #url: string
  readonly #over = new AbortController()

  constructor(url: string) {
    this.#url = url
  }

  async work(): Promise<void> {
    for (; !this.#over.signal.aborted; await clock.sleep(100)) {
      const isServed = await this.#visit()
      this.asked += 1
      this.served += Number(isServed)
    }
  }

  stop(): void {
    this.#over.abort()
  }

  async #visit(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.#url}/showData`, { signal: AbortSignal.timeout(3000) })
      return answer.status === 200 && (await answer.text()) === page
    } catch {
      // No answer in time is an outage too.
      return false
    }
  }
}

it(`keeps its page available in ${trialSeconds} s of chaos`, async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-trial-lab-'))
  process.env['XDG_STATE_HOME'] = path.join(folder, 'state')
  const lab = await startLab({ directory: path.join(folder, 'lab'), instances: 3, hosts: 6 })
  try {
    const connection = { ...lawContext(), environment: {} }
    const cluster = await driver.clusters.lab.connect(
      { directory: lab.directory, rebootMs: 1000 },
      connection,
    )
    const visitor = new Visitor(lab.url)
    const working = visitor.work()
    const figures = await underChaos(driver, cluster, {
      MaxConcurrentFaults: 2,
      WaitTimeBetweenIterationsInSeconds: 2,
      WaitTimeBetweenFaultsInSeconds: 1,
      MaxClusterStabilizationTimeoutInSeconds: 30,
    })
    visitor.stop()
    await working
    const { asked, served } = visitor
    await reportFigures({ ...figures, asked, served, availability: served / asked })
    expect(asked).toBeGreaterThan(trialSeconds)
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
