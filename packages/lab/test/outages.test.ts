import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { dataText, linesOf, pidOf, request, running, testLab, until } from './lab-fixture.ts'

const html = 'text/html; charset=utf-8'
const noDataSource = 'There is no DataSourceService available.'
const noShowData = 'There is no ShowDataService available.'

describe('one instance of each', () => {
  it('says with status 200 that nothing is available', async () => {
    await using lab = await testLab()
    process.kill(await pidOf(lab, 'showdata'), 'SIGKILL')
    expect(await request(`${lab.url}/showData`)).toMatchObject({ status: 200, type: html, body: noShowData })
    expect(await request(`${lab.url}/getData`)).toMatchObject({ status: 200, body: dataText })
    process.kill(await pidOf(lab, 'datasource'), 'SIGKILL')
    expect(await request(`${lab.url}/getData`)).toMatchObject({ status: 200, type: html, body: noDataSource })
  })

  it('shows the message of the data source when only that is gone', async () => {
    await using lab = await testLab()
    process.kill(await pidOf(lab, 'datasource'), 'SIGKILL')
    expect(await request(`${lab.url}/showData`)).toMatchObject({
      status: 200,
      type: html,
      body: noDataSource,
    })
    const { body } = await request(`${lab.url}/health`)
    expect(JSON.parse(body)).toMatchObject({ backends: { showdata: [{ answers: true }] } })
  })

  it('says the same with status 503 when told to', async () => {
    await using lab = await testLab({ unavailableStatus: 503 })
    expect((await request(`${lab.url}/showData`)).status).toBe(200)
    process.kill(await pidOf(lab, 'datasource'), 'SIGKILL')
    expect(await request(`${lab.url}/getData`)).toMatchObject({ status: 503, type: html, body: noDataSource })
    expect(await request(`${lab.url}/showData`)).toMatchObject({
      status: 503,
      type: html,
      body: noDataSource,
    })
    process.kill(await pidOf(lab, 'showdata'), 'SIGKILL')
    expect(await request(`${lab.url}/showData`)).toMatchObject({ status: 503, type: html, body: noShowData })
  })

  it('has show data answer with 500 when the gateway is gone', async () => {
    await using lab = await testLab()
    const [show] = await running(lab, 'showdata')
    process.kill(await pidOf(lab, 'gateway'), 'SIGKILL')
    const answer = await request(`http://127.0.0.1:${show?.port}/`)
    expect(answer).toMatchObject({ status: 500, type: html })
    expect(answer.body).toMatch(/^The gateway cannot be reached: /)
  })

  it('takes a frozen data source back when it runs again', async () => {
    await using lab = await testLab()
    const pid = await pidOf(lab, 'datasource')
    process.kill(pid, 'SIGSTOP')
    const frozen = await request(`${lab.url}/getData`)
    expect(frozen.body).toBe(noDataSource)
    expect(frozen.milliseconds).toBeLessThan(1900)
    process.kill(pid, 'SIGCONT')
    await until(async () => (await request(`${lab.url}/getData`)).body === dataText, 2000)
  })
})

describe('two instances of each', () => {
  it('answers without a gap when one of each is killed', async () => {
    await using lab = await testLab({ instances: 2 })
    process.kill(await pidOf(lab, 'datasource'), 'SIGKILL')
    process.kill(await pidOf(lab, 'showdata'), 'SIGKILL')
    for (let n = 0; n < 10; n += 1) {
      expect(await request(`${lab.url}/getData`)).toMatchObject({ status: 200, body: dataText })
      expect(await request(`${lab.url}/showData`)).toMatchObject({ status: 200, body: dataText })
    }
  })

  it('uses both in turn', async () => {
    await using lab = await testLab({ instances: 2 })
    const [first, second] = await running(lab, 'datasource')
    process.kill(Number(first?.pid), 'SIGSTOP')
    process.kill(Number(second?.pid), 'SIGSTOP')
    await request(`${lab.url}/getData`)
    const { body } = await request(`${lab.url}/health`)
    // Both were asked: each was found silent by the one request.
    expect(JSON.parse(body).backends.datasource).toMatchObject([{ answers: false }, { answers: false }])
  })

  it.each(['datasource', 'showdata'] as const)(
    'pays for a frozen %s once, not at each request, and not again while it stays frozen',
    async (service) => {
      await using lab = await testLab({ instances: 2 })
      process.kill(await pidOf(lab, service), 'SIGSTOP')
      const times: number[] = []
      const over = performance.now() + 1500
      while (performance.now() < over) {
        for (const path of ['/getData', '/showData']) {
          const { body, milliseconds } = await request(`${lab.url}${path}`)
          expect(body).toBe(dataText)
          times.push(milliseconds)
        }
      }
      const costly = times.filter((milliseconds) => milliseconds > 200)
      expect(Math.max(...times)).toBeLessThan(1500)
      expect(costly.length).toBeLessThan(times.length / 5)
    },
  )
})

describe('the port files without a keeper', () => {
  it('lose the port of a killed instance with the request that notices it', async () => {
    await using lab = await testLab({ instances: 2 })
    const [first, second] = await running(lab, 'datasource')
    expect(await linesOf(lab.portFiles.datasource)).toEqual([`${first?.port}`, `${second?.port}`])
    process.kill(Number(first?.pid), 'SIGKILL')
    await until(async () => {
      await request(`${lab.url}/getData`)
      return (await linesOf(lab.portFiles.datasource)).join() === `${second?.port}`
    }, 3000)
    const left = [{ url: `http://127.0.0.1:${second?.port}`, answers: true }]
    await until(async () => {
      const { body } = await request(`${lab.url}/health`)
      return isDeepStrictEqual(JSON.parse(body).backends.datasource, left)
    }, 3000)
  })

  it('lose the port of an instance that is asked to end', async () => {
    await using lab = await testLab({ instances: 2 })
    const [first, second] = await running(lab, 'showdata')
    process.kill(Number(second?.pid), 'SIGTERM')
    await until(async () => (await linesOf(lab.portFiles.showdata)).join() === `${first?.port}`, 3000)
  })
})
