import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Lab } from '../src/index.ts'
import { dataText, freeLabPorts, type LabPorts, pidOf, request, testLab } from './lab-fixture.ts'

const json = 'application/json'
const html = 'text/html; charset=utf-8'

let ports: LabPorts
let lab: Lab

beforeAll(async () => {
  ports = await freeLabPorts()
  lab = await testLab(ports)
})
afterAll(() => lab.stop())

const at = (port: keyof LabPorts, path: string) => `http://127.0.0.1:${ports[port]}${path}`

describe('what can be seen of the services', () => {
  it.each([
    { port: 'dataSourcePort', path: '/', type: json },
    { port: 'showDataPort', path: '/', type: html },
    { port: 'gatewayPort', path: '/getData', type: html },
    { port: 'gatewayPort', path: '/showData', type: html },
  ] as const)('$port GET $path answers with the data as $type', async ({ port, path, type }) => {
    expect(await request(at(port, path))).toMatchObject({ status: 200, type, body: dataText })
  })

  it.each([
    { port: 'dataSourcePort', method: 'POST', path: '/', status: 405 },
    { port: 'dataSourcePort', method: 'DELETE', path: '/', status: 405 },
    { port: 'dataSourcePort', method: 'GET', path: '/other', status: 404 },
    { port: 'showDataPort', method: 'PUT', path: '/', status: 405 },
    { port: 'showDataPort', method: 'GET', path: '/other', status: 404 },
    { port: 'gatewayPort', method: 'POST', path: '/getData', status: 405 },
    { port: 'gatewayPort', method: 'POST', path: '/showData', status: 405 },
    { port: 'gatewayPort', method: 'GET', path: '/', status: 404 },
    { port: 'gatewayPort', method: 'GET', path: '/getdata', status: 404 },
    { port: 'gatewayPort', method: 'POST', path: '/health', status: 405 },
  ] as const)('$port $method $path answers with $status', async ({ port, method, path, status }) => {
    expect((await request(at(port, path), { method })).status).toBe(status)
  })

  it.each([
    { port: 'dataSourcePort', service: 'datasource' },
    { port: 'showDataPort', service: 'showdata' },
    { port: 'gatewayPort', service: 'gateway' },
  ] as const)('$port GET /health says who is there', async ({ port, service }) => {
    const { status, body } = await request(at(port, '/health'))
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ service, pid: await pidOf(lab, service) })
  })

  it.each(['dataSourcePort', 'showDataPort', 'gatewayPort'] as const)(
    '%s refuses a foreign Host, on paths that exist and on others',
    async (port) => {
      for (const path of ['/', '/health', '/other']) {
        const foreign = await request(at(port, path), { headers: { host: 'rebound.example.org' } })
        expect(foreign.status).toBe(403)
      }
      const own = await request(at(port, '/health'), { headers: { host: `localhost:${ports[port]}` } })
      expect(own.status).toBe(200)
    },
  )
})

it('reaches the data source through the gateway, not directly', async () => {
  await using other = await testLab()
  const dataSource = await pidOf(other, 'datasource')
  process.kill(dataSource, 'SIGKILL')
  const [show] = (await other.status())?.processes.filter(({ program }) => program === 'showdata') ?? []
  expect(await request(`http://127.0.0.1:${show?.port}/`)).toMatchObject({
    status: 200,
    body: 'There is no DataSourceService available.',
  })
})
