import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Lab } from '../src/index.ts'
import { dataText, isAlive, linesOf, pidOf, request, running, testLab, until } from './lab-fixture.ts'

async function healthyOf(lab: Lab, service: 'datasource' | 'showdata'): Promise<number> {
  return (await lab.status())?.healthy[service] ?? 0
}

describe('the keeper', () => {
  it('restores killed instances within the promised time, on the same ports', async () => {
    await using lab = await testLab({ keeper: true, recoverWithinMs: 2000 })
    const ports = async () => [
      ...(await linesOf(lab.portFiles.datasource)),
      ...(await linesOf(lab.portFiles.showdata)),
    ]
    const before = await ports()
    process.kill(await pidOf(lab, 'datasource'), 'SIGKILL')
    process.kill(await pidOf(lab, 'showdata'), 'SIGKILL')
    await until(async () => (await request(`${lab.url}/showData`)).body === dataText, 2000)
    expect(await ports()).toEqual(before)
    expect((await lab.status())?.healthy).toEqual({ datasource: 1, showdata: 1, gateway: 1, keeper: 1 })
  })

  it('stays within the range of the service, however often it must act', async () => {
    await using lab = await testLab({ keeper: true, recoverWithinMs: 1000 })
    const [port] = await linesOf(lab.portFiles.datasource)
    for (let round = 0; round < 4; round += 1) {
      const pid = await pidOf(lab, 'datasource')
      process.kill(pid, 'SIGKILL')
      await until(async () => (await pidOf(lab, 'datasource').catch(() => pid)) !== pid, 3000)
    }
    // The newest instance is listed once it listens, which is a moment after its process is there.
    await until(async () => (await linesOf(lab.portFiles.datasource)).length === 1, 3000)
    expect(await linesOf(lab.portFiles.datasource)).toEqual([port])
  })

  it('kills a frozen instance, which holds its port, and replaces it', async () => {
    await using lab = await testLab({ keeper: true, recoverWithinMs: 2000 })
    const frozen = await pidOf(lab, 'datasource')
    process.kill(frozen, 'SIGSTOP')
    await until(async () => (await healthyOf(lab, 'datasource')) === 1, 2000 + 500)
    expect(await isAlive(frozen)).toBe(false)
    expect(await running(lab, 'datasource')).toHaveLength(1)
    expect((await request(`${lab.url}/getData`)).body).toBe(dataText)
  })

  it('does not act before the stated delay', async () => {
    await using lab = await testLab({ keeper: true, recoverAfterMs: 1500 })
    process.kill(await pidOf(lab, 'datasource'), 'SIGKILL')
    const killed = performance.now()
    await until(async () => (await healthyOf(lab, 'datasource')) === 1, 1500 + 2000)
    expect(performance.now() - killed).toBeGreaterThan(1500)
  })

  it('leaves more than enough instances alone', async () => {
    await using lab = await testLab({ instances: 2, keeper: true, recoverWithinMs: 1000 })
    const pids = async () => (await running(lab, 'datasource')).map(({ pid }) => pid)
    const before = await pids()
    // Several rounds of the keeper; nothing that could be waited for happens.
    await sleep(700)
    expect(await pids()).toEqual(before)
  })

  it('ends the instances it started when it is asked to end, and not the others', async () => {
    await using lab = await testLab({ instances: 2, keeper: true, recoverWithinMs: 1000 })
    const [first, second] = await running(lab, 'datasource')
    process.kill(Number(first?.pid), 'SIGKILL')
    await until(async () => (await healthyOf(lab, 'datasource')) === 2, 3000)
    process.kill(await pidOf(lab, 'keeper'), 'SIGTERM')
    await until(async () => (await running(lab, 'keeper')).length === 0, 3000)
    await until(async () => (await running(lab, 'datasource')).length === 1, 3000)
    expect((await running(lab, 'datasource')).map(({ pid }) => pid)).toEqual([second?.pid])
    expect(await linesOf(lab.portFiles.datasource)).toEqual([`${second?.port}`])
  })

  it('leaves what it started behind when it is killed, for the gateway to use', async () => {
    await using lab = await testLab({ keeper: true, recoverWithinMs: 1000 })
    const first = await pidOf(lab, 'datasource')
    process.kill(first, 'SIGKILL')
    await until(async () => (await healthyOf(lab, 'datasource')) === 1, 3000)
    process.kill(await pidOf(lab, 'keeper'), 'SIGKILL')
    expect((await request(`${lab.url}/getData`)).body).toBe(dataText)
  })
})
