import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import path from 'node:path'
import { expect, it } from 'vitest'
import { here } from '../requirements.ts'
import { experiment, project } from './squall.ts'

const driver = path.join(here, '../packages/driver-net')

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const python = (module: string, func: string, args: object) => ({
  type: 'python',
  module: `chaostoxi.${module}`,
  func,
  arguments: args,
})

it('an experiment for chaostoolkit-toxiproxy runs unchanged without Python package and Toxiproxy, and leaves nothing', async () => {
  const server = createServer((_, answer) => answer.end('well')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const [api, listen] = [await freePort(), await freePort()]
    const { port } = server.address() as AddressInfo
    const toxic = { for_proxy: 'shop', toxic_name: 'slow', latency: 5000, jitter: 0 }
    const place = {
      upstream_host: '127.0.0.1',
      upstream_port: port,
      listen_host: '127.0.0.1',
      listen_port: listen,
    }
    const ask = {
      type: 'probe',
      name: 'ask',
      provider: { type: 'http', url: `http://127.0.0.1:${listen}/`, timeout: 1 },
    }
    const act = (name: string, provider: object) => ({ type: 'action', name, provider })
    await using dir = await project({
      'e.json': experiment({
        configuration: { toxiproxy_host: '127.0.0.1', toxiproxy_port: api },
        method: [
          act('proxy', python('proxy.actions', 'create_proxy', { proxy_name: 'shop', ...place })),
          ask,
          act('slow', python('toxic.actions', 'create_latency_toxic', toxic)),
          ask,
          { ...act('port', { type: 'process', path: 'printenv', arguments: ['shop_PORT'] }) },
          {
            type: 'probe',
            name: 'there',
            provider: python('proxy.probes', 'proxy_exist', { proxy_name: 'shop' }),
          },
        ],
        rollbacks: [
          act('heal', python('toxic.actions', 'delete_toxic', { for_proxy: 'shop', toxic_name: 'slow' })),
        ],
      }),
    })
    const { exitCode, stderr } = await dir.squall(['run', 'e.json', '--driver', driver])
    expect(stderr).toContain('completed')
    expect(exitCode).toBe(0)
    const journal = JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))
    const { run, rollbacks, undo } = journal
    expect(run.map(({ status }: { status: string }) => status)).toEqual([
      ...['succeeded', 'succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded'],
    ])
    const outputs = run.map(({ output }: { output: unknown }) => output)
    expect(outputs).toEqual([
      ...[true, expect.objectContaining({ body: 'well' }), true, null],
      ...[expect.objectContaining({ stdout: `${listen}\n` }), true],
    ])
    expect(rollbacks[0].output).toBe(true)
    expect(undo.map(({ status }: { status: string }) => status)).not.toContain('failed')
    await expect(fetch(`http://127.0.0.1:${api}/version`)).rejects.toThrow('fetch failed')
  } finally {
    server.close()
    server.closeAllConnections()
  }
})
