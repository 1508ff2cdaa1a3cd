import { issuePath } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import driver from './index.ts'

const { test, start_datasource_service, start_showdata_service } = driver.activities
const starts = { datasource: start_datasource_service, showdata: start_showdata_service }

it("says the article's words", async () => {
  expect(await test.run({}, undefined as never)).toBe('this is a test func output')
})

it("stands in for the functions of the article's Python module", () => {
  const [alias, ...others] = driver.aliases
  expect(others).toEqual([])
  expect(alias).toMatchObject({ provider: 'python', module: 'chaostkex.experiment' })
  expect(
    Object.entries(alias?.functions ?? {}).map(([name, to]) => `${name} -> ${to.provider}.${to.func}`),
  ).toEqual([
    'test -> lab.test',
    'kill_services -> ports.kill_services',
    'kill_services_by_ports -> ports.kill_services_by_ports',
    'get_ports -> ports.get_ports',
    'start_datasource_service -> lab.start_datasource_service',
    'start_showdata_service -> lab.start_showdata_service',
  ])
})

describe('arguments', () => {
  it.each([
    { service: 'datasource', port: 8080 },
    { service: 'showdata', port: 8090 },
  ] as const)('of $service have the default port $port', async ({ service, port }) => {
    const checked = await starts[service].args['~standard'].validate({})
    expect(checked).toEqual({ value: { port } })
  })

  it.each([
    { args: { port: 'many' }, at: 'port' },
    { args: { port: 0 }, at: 'port' },
    { args: { portsfile: 5 }, at: 'portsfile' },
    { args: { directory: null }, at: 'directory' },
  ])('refuses $args at $at', async ({ args, at }) => {
    const checked = await start_datasource_service.args['~standard'].validate(args)
    expect(checked.issues?.map(issuePath)).toEqual([[at]])
  })

  it('refuses arguments nobody knows', async () => {
    const checked = await start_datasource_service.args['~standard'].validate({ ports: 8080 })
    expect(checked.issues?.[0]?.message).toContain('ports')
  })
})
