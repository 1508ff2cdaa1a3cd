import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dataText, freeLabPorts, request, running, scratch, testLab, until } from './lab-fixture.ts'

const gatewayProgram = fileURLToPath(new URL('../dist/programs/gateway.js', import.meta.url))

function runGateway(...args: string[]): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [gatewayProgram, ...args],
      { timeout: 5000 },
      (_error, _out, stderr) => resolve({ code: child.exitCode, stderr }),
    )
  })
}

describe('conf/gateway.json', () => {
  it('lists the live instances, in the format of the article', async () => {
    await using lab = await testLab({ instances: 2 })
    const urls = async (program: 'datasource' | 'showdata') =>
      (await running(lab, program)).map(({ port }) => `http://127.0.0.1:${port}`)
    const { default: config } = await import(path.join(lab.directory, 'conf', 'gateway.json'), {
      with: { type: 'json' },
    })
    expect(config).toEqual({ datasource: await urls('datasource'), datashow: await urls('showdata') })
  })

  it('is followed while the gateway runs', async () => {
    await using lab = await testLab()
    const file = path.join(lab.directory, 'conf', 'gateway.json')
    await writeFile(file, '{"datasource": [], "datashow": []}')
    expect((await request(`${lab.url}/getData`)).body).toBe('There is no DataSourceService available.')
    const [source] = await running(lab, 'datasource')
    await writeFile(file, JSON.stringify({ datasource: [`http://127.0.0.1:${source?.port}`], datashow: [] }))
    expect((await request(`${lab.url}/getData`)).body).toBe(dataText)
  })

  it.each([
    { name: 'broken', spoil: (file: string) => writeFile(file, '{"datasource": [') },
    { name: 'removed', spoil: (file: string) => rm(file) },
  ])('keeps what it read last while the file is $name', async ({ spoil }) => {
    await using lab = await testLab()
    await spoil(path.join(lab.directory, 'conf', 'gateway.json'))
    expect((await request(`${lab.url}/showData`)).body).toBe(dataText)
  })
})

describe('the gateway as a program', () => {
  it('ends with 1 and says so when its configuration is missing', async () => {
    const { gatewayPort } = await freeLabPorts()
    const config = path.join(scratch, 'nowhere', 'gateway.json')
    const { code, stderr } = await runGateway('--ports', `${gatewayPort}`, '--config', config)
    expect(code).toBe(1)
    expect(stderr).toContain(`The gateway configuration '${config}' cannot be read: there is no such file.`)
  })

  it('ends with 1 when its configuration is no such file', async () => {
    const { gatewayPort } = await freeLabPorts()
    const config = path.join(scratch, 'list.json')
    await writeFile(config, '[]')
    const { code, stderr } = await runGateway('--ports', `${gatewayPort}`, '--config', config)
    expect(code).toBe(1)
    expect(stderr).toContain(`'${config}' cannot be used`)
  })
})

it('finds an instance that answers with an error unfit, and does not pass its answer on as good', async () => {
  await using lab = await testLab()
  await using broken = await testLab()
  const [show] = await running(broken, 'showdata')
  const [gateway] = await running(broken, 'gateway')
  process.kill(Number(gateway?.pid), 'SIGKILL')
  const file = path.join(lab.directory, 'conf', 'gateway.json')
  const only500 = { datasource: [`http://127.0.0.1:${show?.port}`], datashow: [] }
  await until(async () => (await request(`http://127.0.0.1:${show?.port}/`)).status === 500, 2000)
  await writeFile(file, JSON.stringify(only500))
  expect((await request(`${lab.url}/getData`)).body).toBe('There is no DataSourceService available.')
})
