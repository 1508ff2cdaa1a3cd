import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ChaosServer } from '../chaos/killed-server.ts'
import { here } from '../requirements.ts'
import { experiment, project } from './squall.ts'

let server: ChaosServer
beforeEach(async () => {
  server = await ChaosServer.create()
  await server.start()
})
afterEach(() => server[Symbol.asyncDispose]())

const python = (name: string, kind: 'actions' | 'probes', func: string, args: object = {}) => ({
  type: kind === 'actions' ? 'action' : 'probe',
  name,
  provider: { type: 'python', module: `chaosservicefabric.cluster.${kind}`, func, arguments: args },
})

it('runs an experiment written for the Python package, and stops its chaos', {
  timeout: 60_000,
}, async () => {
  const parameters = { TimeToRunInSeconds: '600', WaitTimeBetweenFaultsInSeconds: 0 }
  await using dir = await project({
    'experiment.json': experiment({
      configuration: { endpoint: server.url },
      method: [
        { ...python('start', 'actions', 'start_chaos', { parameters }), pauses: { after: 1 } },
        python('report', 'probes', 'chaos_report', { start_time_utc: '1 minute ago' }),
      ],
    }),
  })
  const driver = ['--driver', path.join(here, '../packages/driver-fabric')]
  const env = { NO_PROXY: '127.0.0.1' }
  const { exitCode, stderr } = await dir.squall(['run', ...driver, 'experiment.json'], {
    timeout: 50_000,
    env,
  })
  expect(stderr).toContain("stop_chaos of 'start': undone")
  expect(exitCode).toBe(0)
  const journal = JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))
  expect(journal.run[0].output).toEqual({})
  expect(journal.run[1].output).toMatchObject({
    Status: 'Running',
    History: [{ ChaosEvent: { Kind: 'Started' } }, {}],
  })
  expect((await server.events()).at(-1)?.Kind).toBe('Stopped')
})
