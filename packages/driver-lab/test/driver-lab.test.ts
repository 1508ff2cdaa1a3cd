import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Lab, startLab } from '@squall/lab'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import driver from '../src/index.ts'
import { freeLabPorts, isFree, TestContext } from './driver-fixture.ts'

const scratch = mkdtempSync(path.join(os.tmpdir(), 'squall-driver-lab-test-'))
process.env['XDG_STATE_HOME'] = path.join(scratch, 'state')
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const { lab_status, start_datasource_service, start_showdata_service } = driver.activities
const { stop_service } = driver.undo
const starts = { datasource: start_datasource_service, showdata: start_showdata_service }

let ports: Awaited<ReturnType<typeof freeLabPorts>>
let lab: Lab
let labs = 0

beforeEach(async () => {
  ports = await freeLabPorts()
  labs += 1
  lab = await startLab({ ...ports, directory: path.join(scratch, `lab-${labs}`) })
})
afterEach(() => lab.stop())

const linesOf = async (file: string) => (await readFile(file, 'utf8')).split('\n').filter(Boolean).map(Number)
const answers = async (port: number) => (await fetch(`http://127.0.0.1:${port}/`)).status
const newContext = (directory = lab.directory) => new TestContext(directory)

async function undoLast(context: TestContext) {
  const last = context.records.at(-1)
  if (last?.func !== 'stop_service') throw new Error('no undo was registered')
  return stop_service.run(last.args as never, context)
}

describe.each(['datasource', 'showdata'] as const)('starting a %s service', (service) => {
  const port = () => (service === 'datasource' ? ports.dataSourcePort : ports.showDataPort) + 4

  it('is true once the instance answers and is listed', async () => {
    const portsfile = lab.portFiles[service]
    expect(await starts[service].run({ port: port(), portsfile }, newContext())).toBe(true)
    expect(await answers(port())).toBe(200)
    expect(await linesOf(portsfile)).toEqual([port() - 4, port()])
  })

  it('registers its undo before it starts anything, and amends it', async () => {
    let wasFree: Promise<boolean> | undefined
    const context = new TestContext(lab.directory, undefined, () => {
      wasFree = isFree(port())
    })
    await starts[service].run({ port: port() }, context)
    expect(await wasFree).toBe(true)
    const [registered, amended] = context.records
    const mark = { pid: expect.any(Number), startedAt: expect.any(String) }
    expect(amended?.args).toEqual({ ...(registered?.args as object), process: mark })
  })

  it('is undone: the instance is gone and its port unlisted, once and for all', async () => {
    const context = newContext()
    await starts[service].run({ port: port() }, context)
    expect(await undoLast(context)).toBe('undone')
    expect(await isFree(port())).toBe(true)
    expect(await linesOf(lab.portFiles[service])).toEqual([port() - 4])
    expect(await undoLast(context)).toBe('not needed')
  })
})

describe('the undo', () => {
  it('knows nothing but what was registered, also in another process', async () => {
    const port = ports.dataSourcePort + 7
    const context = newContext()
    await start_datasource_service.run({ port }, context)
    const script = `
      import driver from ${JSON.stringify(fileURLToPath(new URL('../dist/index.js', import.meta.url)))}
      const log = { info() {}, debug() {}, warn() {} }
      console.log(await driver.undo.stop_service.run(${JSON.stringify(context.records[0]?.args)}, { log }))
    `
    const undone = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { timeout: 10_000 })
    expect(undone.stdout.toString().trim()).toBe('undone')
    expect(await isFree(port)).toBe(true)
  })

  it('finds the instance when its lab lost the record of it', async () => {
    const port = ports.dataSourcePort + 7
    const context = newContext()
    await start_datasource_service.run({ port }, context)
    const record = {
      ...(context.records[0]?.args as object),
      recordFile: path.join(scratch, 'no-record.json'),
    }
    expect(await stop_service.run(record as never, context)).toBe('undone')
    expect(await isFree(port)).toBe(true)
  })

  it('is harmless when nothing was started', async () => {
    const { recordFile } = await import('@squall/lab').then(({ findLab }) =>
      findLab({ directory: lab.directory }),
    )
    expect(await stop_service.run({ recordFile, tag: 'never started' }, newContext())).toBe('not needed')
    expect((await lab.status())?.healthy).toEqual({ datasource: 1, showdata: 1, gateway: 1, keeper: 0 })
  })

  it('is not needed when the lab has been taken down', async () => {
    const context = newContext()
    await start_datasource_service.run({ port: ports.dataSourcePort + 2 }, context)
    await lab.stop()
    expect(await undoLast(context)).toBe('not needed')
  })
})

describe('which lab is meant', () => {
  const port = () => ports.dataSourcePort + 1

  it('is told by the folder of the port file, relative to the experiment', async () => {
    await using other = await startLab({ ...(await freeLabPorts()), directory: path.join(scratch, 'other') })
    const context = newContext(scratch)
    const portsfile = path.join(path.basename(lab.directory), 'ports', 'dataSourcePort.txt')
    await start_datasource_service.run({ port: port(), portsfile }, context)
    expect(await linesOf(lab.portFiles.datasource)).toContain(port())
    expect(await linesOf(other.portFiles.datasource)).not.toContain(port())
  })

  it('is told by the folder', async () => {
    await using other = await startLab({ ...(await freeLabPorts()), directory: path.join(scratch, 'other') })
    const status = await lab_status.run({ directory: other.directory }, newContext())
    expect(status).toMatchObject({ directory: other.directory, url: other.url })
  })

  it('is the only one that runs', async () => {
    const { directory, healthy } = await lab_status.run({}, newContext(scratch))
    expect(directory).toBe(lab.directory)
    expect(healthy).toEqual({ datasource: 1, showdata: 1, gateway: 1, keeper: 0 })
  })

  it('must be said when two run', async () => {
    await using _ = await startLab({ ...(await freeLabPorts()), directory: path.join(scratch, 'other') })
    await expect(lab_status.run({}, newContext())).rejects.toMatchObject({
      name: 'ActivityFailed',
      message: expect.stringMatching(/^2 labs run: /),
    })
  })

  it('is nobody when none runs', async () => {
    await lab.stop()
    await expect(start_datasource_service.run({ port: port() }, newContext())).rejects.toMatchObject({
      name: 'ActivityFailed',
      message: 'No lab runs.',
      hint: 'Start one with `squall lab up`.',
    })
  })
})

describe('a start that fails', () => {
  it('names the port and who has it', async () => {
    const context = newContext()
    await expect(start_datasource_service.run({ port: ports.showDataPort }, context)).rejects.toMatchObject({
      name: 'ActivityFailed',
      message: expect.stringMatching(
        new RegExp(`port ${ports.showDataPort} is taken by process \\d+ \\(.*showdata`),
      ),
    })
    expect(await undoLast(context)).toBe('not needed')
    expect(await linesOf(lab.portFiles.datasource)).toEqual([ports.dataSourcePort])
  })

  it('is over at once when the run is aborted, and leaves nothing', async () => {
    const abort = new AbortController()
    const context = new TestContext(lab.directory, abort.signal, () => setImmediate(() => abort.abort()))
    const port = ports.dataSourcePort + 3
    await expect(start_datasource_service.run({ port }, context)).rejects.toMatchObject({
      name: 'AbortError',
    })
    await undoLast(context)
    expect(await isFree(port)).toBe(true)
    expect(await linesOf(lab.portFiles.datasource)).toEqual([ports.dataSourcePort])
  })
})

describe('targets', () => {
  it('names service, port and lab, and changes nothing', async () => {
    const port = ports.dataSourcePort + 3
    const targets = await start_datasource_service.targets({ port }, newContext())
    expect(targets).toEqual([`datasource on 127.0.0.1:${port} of the lab in ${lab.directory}`])
    expect(await isFree(port)).toBe(true)
  })

  it('are unknown while no lab runs', async () => {
    await lab.stop()
    expect(await start_datasource_service.targets({ port: 8080 }, newContext())).toEqual({
      unknown: 'No lab runs.',
    })
  })
})
