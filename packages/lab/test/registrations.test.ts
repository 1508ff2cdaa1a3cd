import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { findLab, startService, stopService } from '../src/index.ts'
import { freeLabPorts, linesOf, request, running, scratch, stateFolder, testLab } from './lab-fixture.ts'

/** Reads a file as often as it can while something else goes on. */
async function readDuring(file: string, work: Promise<unknown>): Promise<string[]> {
  const seen = new Set<string>()
  let over = false
  work.finally(() => {
    over = true
  })
  while (!over) seen.add(await readFile(file, 'utf8'))
  await work
  return [...seen]
}

describe('twenty instances that start at once', () => {
  it('are all listed in the port file, which is whole at every moment', async () => {
    const ports = await freeLabPorts()
    await using lab = await testLab({ ...ports, instances: 1 })
    const { recordFile } = await findLab({ directory: lab.directory, stateFolder })
    const file = lab.portFiles.datasource
    const first = ports.gatewayPort - 2 - 20
    const wanted = Array.from({ length: 20 }, (_, n) => first + n)
    const starting = Promise.all(
      wanted.map((port) =>
        startService({ recordFile, service: 'datasource', port, tag: `one-of-twenty-${port}` }),
      ),
    )
    const seen = await readDuring(file, starting)
    const all = [...wanted, ports.dataSourcePort].toSorted((a, b) => a - b)
    expect((await linesOf(file)).map(Number)).toEqual(all)
    expect(seen.length).toBeGreaterThan(1)
    for (const text of seen) {
      expect(text).toMatch(/^(\d{5}\n)+$/)
      for (const line of text.trim().split('\n')) expect(all).toContain(Number(line))
    }
    const { body } = await request(`${lab.url}/health`)
    expect(JSON.parse(body).service).toBe('gateway')
    expect(await running(lab, 'datasource')).toHaveLength(21)
  })
})

describe('one more instance', () => {
  it('is listed where it is asked to, answers, and is stopped by its tag', async () => {
    const ports = await freeLabPorts()
    await using lab = await testLab(ports)
    const { recordFile } = await findLab({ portsFile: lab.portFiles.showdata, stateFolder })
    const port = ports.showDataPort + 5
    const which = { recordFile, tag: 'one-more' }
    const started = await startService({ ...which, service: 'showdata', port })
    expect(started).toMatchObject({ service: 'showdata', port, tag: 'one-more' })
    expect((await request(`http://127.0.0.1:${port}/`)).status).toBe(200)
    expect(await linesOf(lab.portFiles.showdata)).toEqual([`${ports.showDataPort}`, `${port}`])
    expect(await stopService(which)).toBe(true)
    expect(await linesOf(lab.portFiles.showdata)).toEqual([`${ports.showDataPort}`])
    expect(await stopService(which)).toBe(false)
  })

  it('has its port unlisted also when it was killed before it is stopped', async () => {
    const ports = await freeLabPorts()
    await using lab = await testLab(ports)
    const { recordFile } = await findLab({ directory: lab.directory, stateFolder })
    const which = { recordFile, tag: 'killed-first' }
    const { pid } = await startService({ ...which, service: 'datasource', port: ports.dataSourcePort + 1 })
    process.kill(pid, 'SIGKILL')
    await stopService(which)
    expect(await linesOf(lab.portFiles.datasource)).toEqual([`${ports.dataSourcePort}`])
  })

  it('is refused on a busy port, which is not listed then', async () => {
    const ports = await freeLabPorts()
    await using lab = await testLab(ports)
    const { recordFile } = await findLab({ directory: lab.directory, stateFolder })
    const [busy] = await running(lab, 'datasource')
    const start = { recordFile, service: 'showdata', port: ports.dataSourcePort, tag: 'refused' } as const
    await expect(startService(start)).rejects.toMatchObject({
      code: 'LAB_PORT_BUSY',
      message: expect.stringContaining(`taken by process ${busy?.pid}`),
    })
    expect(await linesOf(lab.portFiles.showdata)).toEqual([`${ports.showDataPort}`])
  })

  it('goes when its lab goes', async () => {
    const ports = await freeLabPorts()
    const lab = await testLab(ports)
    const { recordFile } = await findLab({ directory: lab.directory, stateFolder })
    const port = ports.dataSourcePort + 3
    await startService({ recordFile, service: 'datasource', port, tag: 'goes-too' })
    await lab.stop()
    await expect(request(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('finding a lab', () => {
  it('says that none runs', async () => {
    await expect(findLab({ stateFolder })).rejects.toMatchObject({ code: 'LAB_ABSENT' })
    await expect(findLab({ directory: scratch, stateFolder })).rejects.toMatchObject({
      code: 'LAB_ABSENT',
      message: `No lab runs in '${scratch}'.`,
    })
  })

  it('takes the only one, and asks when there are two', async () => {
    await using one = await testLab()
    expect(await findLab({ stateFolder })).toMatchObject({ directory: one.directory })
    await using two = await testLab()
    await expect(findLab({ stateFolder })).rejects.toMatchObject({ code: 'LAB_AMBIGUOUS' })
    expect(await findLab({ directory: two.directory, stateFolder })).toMatchObject({
      directory: two.directory,
    })
  })
})
