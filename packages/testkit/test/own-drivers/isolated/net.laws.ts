import { once } from 'node:events'
import { createServer } from 'node:http'
import type { JsonObject, JsonValue } from '@squall/contract'
import driver from '@squall/driver-net'
import { afterAll, describe, it } from 'vitest'
import { driverLaws, lawContext, type Sample, type Scene } from '../../../src/index.ts'
import { builtDriver } from '../built.ts'
import { networkHosts } from './network-hosts.ts'

const upstream = '127.0.0.1:9'
const port = 8474
const url = `http://127.0.0.1:${port}`

/** What the API shows, without what differs each time. */
async function look(): Promise<JsonValue> {
  try {
    const answer = await fetch(`${url}/proxies`, { headers: { connection: 'close' } })
    const proxies = (await answer.json()) as Record<string, { listen: string; seed: number }>
    // The API shows them by name: their order says nothing.
    const names = Object.keys(proxies).sort()
    return names.map((name) => ({ ...proxies[name], listen: '', seed: 0 })) as JsonValue
  } catch (error) {
    return ((error as Error).cause as NodeJS.ErrnoException).code ?? String(error)
  }
}

/** Removes every proxy; the server ends with the last one. */
async function clear(): Promise<void> {
  const gone = { headers: { connection: 'close' }, method: 'DELETE' }
  const deadline = performance.now() + 10_000
  while (performance.now() < deadline) {
    const there = await look()
    if (there === 'ECONNREFUSED') return
    if (!Array.isArray(there)) continue
    for (const { name } of there as { name: string }[]) await fetch(`${url}/proxies/${name}`, gone)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('The proxy server does not end.')
}

/** A proxy that is there already, with a toxic. */
async function withProxy(input: JsonObject, enabled = true): Promise<Scene> {
  const args = { proxy: 'given', upstream, listen: '127.0.0.1:0', http: false }
  await driver.activities.start_proxy.run(args, lawContext())
  const client = (path: string, body: object) =>
    fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { connection: 'close' } })
  await client('/proxies/given/toxics', { name: 'old', type: 'latency', attributes: { latency: 5 } })
  await client('/proxies/given', { enabled })
  return { input, look, cleanUp: clear }
}

/** Behind a server that takes what it is asked to do, or anything, and does not answer. */
async function slow(input: JsonObject, answers: 'questions' | 'nothing', enabled?: boolean): Promise<Scene> {
  const behind = await withProxy(input, enabled)
  let asked = false
  const server = createServer(async ({ method, url: path }, answer) => {
    if (method !== 'GET' || answers === 'nothing') {
      asked = true
      return
    }
    const real = await fetch(`${url}${path}`, { headers: { connection: 'close' } })
    answer.writeHead(real.status).end(await real.text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: slowPort } = server.address() as { port: number }
  const cleanUp = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await clear()
  }
  const api = `http://127.0.0.1:${slowPort}`
  return { ...behind, input: { ...input, api }, underway: () => asked, cleanUp }
}

function sample(input: JsonObject, enabled?: boolean, refuses: Sample['refuses'] = []): Sample {
  return {
    prepare: () => withProxy(input, enabled),
    long: () => slow(input, 'questions', enabled),
    refuses: [...refuses, { input: { ...input, api: 'nowhere' }, path: ['api'] }],
  }
}

/** The functions of chaostoxi find the API through the configuration. */
function toxi(input: JsonObject, refuses: Sample['refuses'], enabled?: boolean): Sample {
  const elsewhere = async (): Promise<Scene> => {
    const { input: asked, ...scene } = await slow(input, 'questions', enabled)
    return { ...scene, input, configuration: { toxiproxy_url: (asked as { api: string }).api } }
  }
  return { prepare: () => withProxy(input, enabled), long: elsewhere, refuses }
}

function toxiProbe(input: JsonObject, refuses: Sample['refuses']): Sample {
  const silent = async (): Promise<Scene> => {
    const { input: asked, ...scene } = await slow(input, 'nothing')
    return { ...scene, input, configuration: { toxiproxy_url: (asked as { api: string }).api } }
  }
  return { prepare: () => withProxy(input), long: silent, refuses }
}

/** The server ends with its last proxy: then nothing is left to make one in again. */
function besideAnother({ prepare, long, ...more }: Sample): Sample {
  const beside = (scene: () => Promise<Scene> | Scene) => async (): Promise<Scene> => {
    const made = await scene()
    const body = JSON.stringify({ name: 'other', upstream, listen: '127.0.0.1:0' })
    await fetch(`${url}/proxies`, { method: 'POST', body, headers: { connection: 'close' } })
    return made
  }
  return { ...more, prepare: beside(prepare), long: long ? beside(long) : long }
}

const noName = [{ input: {}, path: ['proxy_name'] }]
const newToxic = (attributes: JsonObject): Sample => {
  const [wrong = ''] = Object.keys(attributes)
  const input = { for_proxy: 'given', toxic_name: 'new', ...attributes }
  return toxi(input, [{ input: { ...input, [wrong]: -1 }, path: [wrong] }])
}

const hosts = networkHosts()
afterAll(() => hosts.remove())
const { here, there } = hosts
const eth0 = { namespace: here, device: 'eth0' }
const nowhere = { namespace: here, current: true }

/** A fault in the kernel, where every command takes milliseconds. */
function kernelSample(input: JsonObject, refuses: Sample['refuses']): Sample {
  const { look: lookThere, cleanUp } = hosts
  return { prepare: () => ({ input, look: lookThere, cleanUp }), long: false, refuses }
}

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('net'),
  activities: {
    start_proxy: [
      {
        title: 'with no server there',
        prepare: () => ({ input: { proxy: 'new', upstream }, look, cleanUp: clear }),
        long: () => slow({ proxy: 'new', upstream }, 'questions'),
        refuses: [{ input: { proxy: 'new', upstream: 'nowhere' }, path: ['upstream'] }],
        choice: ({ result }) => (result as { seed: number }).seed,
      },
      {
        ...sample({ proxy: 'new', upstream }, true, [{ input: { proxy: '', upstream }, path: ['proxy'] }]),
        title: 'beside another',
        choice: ({ result }) => (result as { seed: number }).seed,
      },
    ],
    add_toxic: sample({ proxy: 'given', type: 'latency', toxic: 'new', attributes: { latency: 100 } }, true, [
      { input: { proxy: 'given', type: 'latency', attributes: { wait: 1 } }, path: ['attributes', 'wait'] },
    ]),
    update_toxic: sample({ proxy: 'given', toxic: 'old', attributes: { latency: 100 } }),
    remove_toxic: sample({ proxy: 'given', toxic: 'old' }),
    disable_proxy: sample({ proxy: 'given' }),
    enable_proxy: sample({ proxy: 'given' }, false),
    reset: sample({}, false),
    list_proxies: { ...sample({}), long: () => slow({}, 'nothing') },
    get_proxy: { ...sample({ proxy: 'given' }), long: () => slow({ proxy: 'given' }, 'nothing') },
    chaostoxi_create_proxy: {
      ...toxi({ proxy_name: 'new', upstream_host: '127.0.0.1', upstream_port: 9, listen_host: '127.0.0.1' }, [
        { input: { proxy_name: 'new', upstream_host: 'a', upstream_port: 'b' }, path: ['upstream_port'] },
      ]),
      choice: ({ undos }) => undos.map(({ args }) => (args as { seed: number }).seed),
    },
    chaostoxi_modify_proxy: toxi({ proxy_name: 'given', upstream_address: '127.0.0.1:10' }, [
      { input: { proxy_name: 'given', upstream_address: 'nowhere' }, path: ['upstream_address'] },
    ]),
    chaostoxi_disable_proxy: toxi({ proxy_name: 'given' }, noName),
    chaostoxi_enable_proxy: toxi({ proxy_name: 'given' }, noName, false),
    chaostoxi_delete_proxy: besideAnother(toxi({ proxy_name: 'given' }, noName)),
    chaostoxi_reset: toxi({}, [{ input: { proxy_name: 'given' }, path: [] }], false),
    chaostoxi_proxy_exist: toxiProbe({ proxy_name: 'given' }, noName),
    chaostoxi_get_proxy_attribute: toxiProbe({ proxy_name: 'given', attribute: 'upstream' }, noName),
    chaostoxi_create_toxic: toxi(
      { for_proxy: 'given', toxic_name: 'new', toxic_type: 'latency', attributes: { latency: 100 } },
      [{ input: { for_proxy: 'given', toxic_name: 'new' }, path: ['toxic_type'] }],
    ),
    chaostoxi_create_latency_toxic: newToxic({ latency: 100 }),
    chaostoxi_create_bandwith_degradation_toxic: newToxic({ rate: 10 }),
    chaostoxi_create_slow_connection_close_toxic: newToxic({ delay: 100 }),
    chaostoxi_create_timeout_toxic: newToxic({ timeout: 100 }),
    chaostoxi_create_slicer_toxic: newToxic({ average_size: 10, size_variation: 2, delay: 5 }),
    chaostoxi_create_limiter_toxic: newToxic({ bytes_limit: 100 }),
    chaostoxi_delete_toxic: toxi({ for_proxy: 'given', toxic_name: 'old' }, [
      { input: { for_proxy: 'given' }, path: ['toxic_name'] },
    ]),
    drop_packets: kernelSample({ namespace: here, peers: ['10.78.0.2', 'fd00::/8'], percent: 30 }, [
      { input: { ...nowhere, peers: ['10.78.0.2'] }, path: [] },
      { input: { current: true }, path: [] },
      { input: { namespace: here, peers: ['somebody'] }, path: ['peers', 0] },
    ]),
    reset_packets: kernelSample({ namespace: here, local_port: 7000 }, [
      { input: { namespace: here, local_port: 0 }, path: ['local_port'] },
    ]),
    partition: kernelSample({ groups: [[here], [there]] }, [
      { input: { groups: [[here], [here]] }, path: ['groups'] },
      { input: { groups: [[here]] }, path: ['groups'] },
    ]),
    limit_bandwidth: kernelSample({ ...eth0, rate_kbit: 1000 }, [
      { input: { ...eth0, rate_kbit: 0 }, path: ['rate_kbit'] },
      { input: { ...nowhere, device: 'eth0', rate_kbit: 1000 }, path: [] },
    ]),
    disturb_packets: kernelSample({ ...eth0, delay_ms: 10 }, [{ input: eth0, path: [] }]),
    link_down: kernelSample(eth0, [{ input: { namespace: here, device: 'not one' }, path: ['device'] }]),
    blackhole_route: kernelSample({ namespace: here, to: '10.80.0.0/16' }, [
      { input: { namespace: here, to: 'somewhere' }, path: ['to'] },
    ]),
  },
})

describe('driver-net', () => {
  for (const law of laws) it(law.name, law.check)
})
