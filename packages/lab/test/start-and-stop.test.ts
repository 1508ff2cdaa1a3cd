import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type LabProcess, labDown, labStatus, labUp, startLab } from '../src/index.ts'
import {
  dataText,
  freeLabPorts,
  isAlive,
  isFree,
  linesOf,
  request,
  scratch,
  stateFolder,
  stateFolderOf,
  testLab,
  until,
} from './lab-fixture.ts'

const library = fileURLToPath(new URL('../dist/index.js', import.meta.url))

async function recordsIn(folder: string): Promise<string[]> {
  return readdir(path.join(folder, 'labs')).catch(() => [])
}

/** Listens on a port until it is disposed of. */
async function occupy(port: number): Promise<AsyncDisposable> {
  const server = net.createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    [Symbol.asyncDispose]: async () => {
      server.close()
    },
  }
}

async function livingOf(processes: readonly Pick<LabProcess, 'pid'>[]): Promise<number[]> {
  const alive = await Promise.all(processes.map(({ pid }) => isAlive(pid)))
  return processes.map(({ pid }) => pid).filter((_, index) => alive[index])
}

describe('a lab of this process', () => {
  it('answers when it is handed over, and is gone when it is disposed of', async () => {
    const ports = await freeLabPorts()
    const lab = await startLab({ ...ports, instances: 2, keeper: true, stateFolder })
    expect((await request(`${lab.url}/showData`)).body).toBe(dataText)
    expect(lab.processes.map(({ service }) => service).toSorted()).toEqual([
      'datasource',
      'datasource',
      'gateway',
      'keeper',
      'showdata',
      'showdata',
    ])
    await lab[Symbol.asyncDispose]()
    expect(await livingOf(lab.processes)).toEqual([])
    expect(await isFree(ports.gatewayPort)).toBe(true)
    expect(existsSync(lab.directory)).toBe(false)
    expect(await lab.status()).toBeUndefined()
    expect(await recordsIn(stateFolder)).toEqual([])
    await lab.stop()
  })

  it('keeps a folder that was asked for, with empty port files', async () => {
    const directory = path.join(scratch, 'asked-for')
    const lab = await testLab({ directory })
    expect(lab.directory).toBe(directory)
    expect(lab.portFiles.datasource).toBe(path.join(directory, 'ports', 'dataSourcePort.txt'))
    expect(await linesOf(lab.portFiles.datasource)).toHaveLength(1)
    await lab.stop()
    expect(await linesOf(lab.portFiles.datasource)).toEqual([])
    expect(JSON.parse(await readFile(path.join(directory, 'conf', 'gateway.json'), 'utf8'))).toEqual({
      datasource: [],
      datashow: [],
    })
    expect((await readdir(path.join(directory, 'logs'))).toSorted()).toEqual([
      'datasource.log',
      'gateway.log',
      'showdata.log',
    ])
  })

  it('stops when its folder is gone', async () => {
    const lab = await testLab({ directory: path.join(scratch, 'removed-meanwhile') })
    await rm(lab.directory, { recursive: true })
    await lab.stop()
    expect(await livingOf(lab.processes)).toEqual([])
    expect(await recordsIn(stateFolder)).toEqual([])
  })

  it('ends with the process that started it, also when that is killed', async () => {
    const state = stateFolderOf('killed-starter')
    const script = `
      import { startLab } from ${JSON.stringify(library)}
      const lab = await startLab(${JSON.stringify({ ...(await freeLabPorts()), keeper: true, stateFolder: state })})
      console.log(JSON.stringify(lab.processes))
      setInterval(() => {}, 1000)
    `
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const [chunk] = (await once(starter.stdout, 'data')) as [Buffer]
    const processes = JSON.parse(chunk.toString()) as LabProcess[]
    expect(await livingOf(processes)).toHaveLength(4)
    starter.kill('SIGKILL')
    await until(async () => (await livingOf(processes)).length === 0, 5000)
    await labDown({ stateFolder: state })
    expect(await recordsIn(state)).toEqual([])
  })
})

describe('a start that fails', () => {
  it('names the busy port and who has it, and leaves nothing', async () => {
    const ports = await freeLabPorts()
    await using _ = await occupy(ports.gatewayPort)
    const directory = path.join(scratch, 'busy-gateway')
    const failing = startLab({ ...ports, directory, instances: 3, keeper: true, stateFolder })
    await expect(failing).rejects.toMatchObject({
      name: 'LabError',
      code: 'LAB_PORT_BUSY',
      message: expect.stringContaining(`port ${ports.gatewayPort} is taken by process ${process.pid} (`),
    })
    expect(await recordsIn(stateFolder)).toEqual([])
    expect(await linesOf(path.join(directory, 'ports', 'dataSourcePort.txt'))).toEqual([])
    for (const port of [ports.dataSourcePort, ports.dataSourcePort + 1, ports.showDataPort]) {
      expect(await isFree(port)).toBe(true)
    }
  })

  it('is an error when not enough ports of the range are free', async () => {
    const ports = await freeLabPorts()
    await using _ = await occupy(ports.dataSourcePort + 4)
    await expect(startLab({ ...ports, instances: 10, stateFolder })).rejects.toMatchObject({
      code: 'LAB_RANGE_FULL',
      message: expect.stringContaining(`${ports.dataSourcePort + 4} is taken by process ${process.pid}`),
    })
    expect(await recordsIn(stateFolder)).toEqual([])
  })

  it('takes the next port of the range when one is busy', async () => {
    const ports = await freeLabPorts()
    await using _ = await occupy(ports.dataSourcePort)
    await using lab = await testLab(ports)
    expect(await linesOf(lab.portFiles.datasource)).toEqual([`${ports.dataSourcePort + 1}`])
    expect((await request(`${lab.url}/getData`)).body).toBe(dataText)
  })

  it('refuses a folder in which a lab runs, and leaves that lab alone', async () => {
    const directory = path.join(scratch, 'shared-folder')
    await using lab = await testLab({ directory })
    await expect(testLab({ directory })).rejects.toMatchObject({ code: 'LAB_RUNS_ALREADY' })
    expect((await request(`${lab.url}/showData`)).body).toBe(dataText)
    expect(await linesOf(lab.portFiles.datasource)).toHaveLength(1)
  })

  it('can be given up, and leaves nothing', async () => {
    const giveUp = new AbortController()
    const ports = await freeLabPorts()
    const starting = startLab({ ...ports, keeper: true, stateFolder, signal: giveUp.signal })
    await until(async () => !(await isFree(ports.gatewayPort)), 5000)
    giveUp.abort(new Error('changed my mind'))
    await starting.then((lab) => lab.stop()).catch((error) => expect(error.message).toBe('changed my mind'))
    expect(await isFree(ports.gatewayPort)).toBe(true)
    expect(await recordsIn(stateFolder)).toEqual([])
  })
})

describe('a lab that outlives its starter', () => {
  /** Starts it from another process, which has ended when this resolves. */
  async function upFromElsewhere(options: object): Promise<void> {
    const script = `
      import { labUp } from ${JSON.stringify(library)}
      await labUp(${JSON.stringify(options)})
    `
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
    const [code] = await once(starter, 'exit')
    expect(code).toBe(0)
  }

  it('goes up, is seen, and goes down without a trace', async () => {
    const state = stateFolderOf('up-and-down')
    const ports = await freeLabPorts()
    await upFromElsewhere({ ...ports, instances: 2, keeper: true, stateFolder: state })
    const [status, ...others] = await labStatus({ stateFolder: state })
    expect(others).toEqual([])
    expect(status).toMatchObject({
      directory: path.join(state, 'labs', `gateway-${ports.gatewayPort}`),
      url: `http://127.0.0.1:${ports.gatewayPort}`,
      healthy: { datasource: 2, showdata: 2, gateway: 1, keeper: 1 },
    })
    expect((await request(`${status?.url}/showData`)).body).toBe(dataText)

    const [down] = await labDown({ stateFolder: state })
    expect(down?.ended).toHaveLength(6)
    expect(await livingOf(status?.processes ?? [])).toEqual([])
    expect(await isFree(ports.gatewayPort)).toBe(true)
    expect(await recordsIn(state)).toEqual([])
    expect(await labDown({ stateFolder: state })).toEqual([])
  })

  it('goes down with what the keeper started, what froze, and what lost its record', async () => {
    const state = stateFolderOf('strays')
    const ports = await freeLabPorts()
    await upFromElsewhere({ ...ports, keeper: true, recoverWithinMs: 1000, stateFolder: state })
    const status = async () => (await labStatus({ stateFolder: state }))[0]
    const pids = async (program: string) =>
      (await status())?.processes.filter((one) => one.program === program).map(({ pid }) => pid) ?? []
    const [first = 0] = await pids('datasource')
    process.kill(first, 'SIGKILL')
    const [second = 0] =
      (await until(async () => {
        const now = await pids('datasource')
        return now.length === 1 && now[0] !== first ? now : undefined
      }, 4000)) ?? []
    const [showdata = 0] = await pids('showdata')
    const [keeper = 0] = await pids('keeper')
    process.kill(keeper, 'SIGSTOP')
    process.kill(second, 'SIGSTOP')
    const [record = ''] = (await recordsIn(state)).filter((name) => name.endsWith('.json'))
    const file = path.join(state, 'labs', record)
    const text = JSON.parse(await readFile(file, 'utf8'))
    text.processes = text.processes.filter((one: LabProcess) => one.service !== 'showdata')
    await writeFile(file, JSON.stringify(text))

    const [down] = await labDown({ stateFolder: state })
    const ended = down?.ended.map(({ pid }) => pid) ?? []
    expect(ended).toHaveLength(4)
    expect(ended).toEqual(expect.arrayContaining([second, showdata, keeper]))
    for (const pid of [first, second, showdata, keeper]) expect(await isAlive(pid)).toBe(false)
    expect(await recordsIn(state)).toEqual([])
  })

  it('takes down only the lab of the folder that is named', async () => {
    const state = stateFolderOf('two-labs')
    const one = await labUp({
      ...(await freeLabPorts()),
      directory: path.join(scratch, 'one'),
      stateFolder: state,
    })
    const two = await labUp({
      ...(await freeLabPorts()),
      directory: path.join(scratch, 'two'),
      stateFolder: state,
    })
    expect(await labStatus({ stateFolder: state })).toHaveLength(2)
    await labDown({ directory: one.directory, stateFolder: state })
    expect((await request(`${two.url}/showData`)).body).toBe(dataText)
    expect(await labStatus({ directory: one.directory, stateFolder: state })).toEqual([])
    await labDown({ stateFolder: state })
    expect(await livingOf([...one.processes, ...two.processes])).toEqual([])
  })

  it('never ends a process that has the pid of one of its own by now', async () => {
    const state = stateFolderOf('reused-pid')
    const stranger = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
    await once(stranger, 'spawn')
    const lab = await labUp({ ...(await freeLabPorts()), stateFolder: state })
    const [record = ''] = (await recordsIn(state)).filter((name) => name.endsWith('.json'))
    const file = path.join(state, 'labs', record)
    const text = JSON.parse(await readFile(file, 'utf8'))
    text.processes.push({ ...text.processes[0], pid: stranger.pid, startedAt: 'of an earlier process' })
    await writeFile(file, JSON.stringify(text))

    const [down] = await labDown({ stateFolder: state })
    expect(down?.ended.map(({ pid }) => pid)).not.toContain(stranger.pid)
    expect(await isAlive(stranger.pid ?? 0)).toBe(true)
    expect(await livingOf(lab.processes)).toEqual([])
    stranger.kill('SIGKILL')
    await once(stranger, 'exit')
  })

  it('replaces the record of a lab whose processes all died', async () => {
    const state = stateFolderOf('left-over')
    const directory = path.join(scratch, 'left-over-lab')
    const options = { ...(await freeLabPorts()), directory, stateFolder: state }
    const first = await labUp(options)
    for (const { pid } of first.processes) process.kill(pid, 'SIGKILL')
    await until(async () => (await livingOf(first.processes)).length === 0, 3000)
    const second = await labUp(options)
    expect(await linesOf(second.portFiles.datasource)).toHaveLength(1)
    await labDown({ stateFolder: state })
    expect(await recordsIn(state)).toEqual([])
  })
})

it('is not ready before all of it answers, three times in a row', async () => {
  for (let n = 0; n < 3; n += 1) {
    await using lab = await testLab()
    expect((await request(`${lab.url}/showData`)).body).toBe(dataText)
    expect((await request(`${lab.url}/getData`)).body).toBe(dataText)
  }
})
