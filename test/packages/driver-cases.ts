import { expect } from 'vitest'

/** What a driver does in a project that has it and the command, and nothing else. */
export interface DriverCase {
  readonly files?: Readonly<Record<string, string>>
  /** A program that runs beside the experiment, and says something as soon as it is ready. */
  readonly beside?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  readonly experiment: object
  /** Instead of `squall run experiment.json`. */
  readonly command?: readonly string[]
  /** What the journal has, besides other things. */
  readonly journal: object
}

const server = `
import { createServer } from 'node:http'
const server = createServer((_request, response) => response.end('fresh data'))
server.listen(8080, '127.0.0.1', () => console.log('ready'))
`
const aServer = { files: { 'server.mjs': server }, beside: ['node', 'server.mjs'] }
const aCluster = { beside: ['squall', 'chaos', 'serve', '--store', 'chaos'] }
const noWait = { MaxConcurrentFaults: 3, WaitTimeBetweenFaultsInSeconds: 0 }
const good = { status: 'succeeded' }

export const driverCases: Readonly<Record<string, DriverCase>> = {
  '@squall/driver-addons': {
    experiment: method({
      ...action('python', 'idle_for', { duration: 0 }, { module: 'chaosaddons.utils.idle' }),
      controls: [
        { name: 'thrice', provider: { type: 'addons', control: 'repeat', arguments: { repeat_count: 3 } } },
      ],
    }),
    journal: { run: [good, good, good] },
  },
  '@squall/driver-chaos': {
    ...aCluster,
    experiment: method(
      action('chaos', 'start_chaos', {
        parameters: { ...noWait, TimeToRunInSeconds: '1' },
        seed: 42,
        store: 'chaos',
        wait: true,
      }),
    ),
    journal: { run: [{ output: { status: 'Stopped', iterations: 1 } }] },
  },
  '@squall/driver-etcd': {
    experiment: method(
      action('etcd', 'start_cluster', { size: 1, spares: 0 }),
      action('etcd', 'put', { key: 'colour', value: 'blue' }),
      probe('etcd', 'get', { key: 'colour' }),
    ),
    journal: { run: [good, good, { output: 'blue' }], undo: [{ status: 'undone' }, { status: 'undone' }] },
  },
  '@squall/driver-fabric': {
    ...aCluster,
    experiment: {
      ...method(
        action(
          'python',
          'start_chaos',
          { parameters: { ...noWait, TimeToRunInSeconds: '60' } },
          { module: 'chaosservicefabric.cluster.actions' },
        ),
        probe(
          'python',
          'chaos_report',
          { start_time_utc: '1 minute ago' },
          { module: 'chaosservicefabric.cluster.probes' },
        ),
      ),
      configuration: { endpoint: 'http://127.0.0.1:19080' },
    },
    journal: {
      run: [good, { output: { Status: 'Running' } }],
      undo: [{ func: 'stop_chaos', status: 'undone' }],
    },
  },
  '@squall/driver-http': {
    ...aServer,
    experiment: method({
      type: 'probe',
      name: 'page',
      tolerance: 200,
      provider: { type: 'http', url: 'http://127.0.0.1:8080/' },
    }),
    journal: { run: [{ output: { status: 200, body: 'fresh data' } }] },
  },
  '@squall/driver-inspector': {
    ...aServer,
    experiment: method(
      action('inspector', 'block_event_loop', { port: 8080, seconds: 0.1 }),
      probe('inspector', 'process_state', { port: 8080 }),
    ),
    journal: { run: [good, good] },
  },
  '@squall/driver-lab': {
    experiment: method(
      action('lab', 'start_datasource_service', { port: 8081 }),
      probe('lab', 'lab_status', {}),
    ),
    command: ['sh', '-c', 'squall lab up && squall run experiment.json && squall lab down'],
    journal: { run: [good, { output: {} }], undo: [{ func: 'stop_service', status: 'undone' }] },
  },
  '@squall/driver-net': {
    ...aServer,
    experiment: method(
      action('net', 'start_proxy', { proxy: 'server', upstream: '127.0.0.1:8080' }),
      action('net', 'add_toxic', { proxy: 'server', type: 'latency', attributes: { latency: 50 } }),
      probe('net', 'get_proxy', { proxy: 'server' }),
    ),
    journal: {
      run: [good, good, { output: { toxics: [{ type: 'latency' }] } }],
      undo: [{ status: 'undone' }, { status: 'undone' }],
    },
  },
  '@squall/driver-node': {
    files: { 'lamps.mjs': 'export const lit = ({ of }) => of - 1' },
    experiment: method({
      ...probe('node', 'lit', { of: 43 }, { module: './lamps.mjs' }),
      tolerance: 42,
    }),
    journal: { run: [{ output: 42 }] },
  },
  '@squall/driver-os': {
    experiment: method(
      action('os', 'stress_cpu', { percent: 25, cores: 1, seconds: 60 }),
      probe('os', 'cpu', { seconds: 0.5 }),
    ),
    journal: { run: [good, { output: { percent: expect.any(Number) } }], undo: [{ status: 'undone' }] },
  },
  '@squall/driver-ports': {
    ...aServer,
    experiment: method(action('ports', 'pause', { port: 8080 }), {
      ...probe('ports', 'is_listening', { port: 8080 }),
      tolerance: true,
    }),
    journal: { run: [good, { output: true }], undo: [{ func: 'resume', status: 'undone' }] },
  },
  '@squall/driver-process': {
    experiment: method({
      type: 'probe',
      name: 'print',
      provider: { type: 'process', path: 'printf', arguments: ['%s', 'hello'] },
    }),
    journal: { run: [{ output: { status: 0, stdout: 'hello' } }] },
  },
  '@squall/driver-python': {
    files: { 'lamps.py': 'def lit(of):\n    return of - 1\n' },
    variables: { PYTHONPATH: '.' },
    experiment: method(probe('python', 'lit', { of: 43 }, { module: 'lamps' })),
    journal: { run: [{ output: 42 }] },
  },
}

function method(...activities: readonly object[]): object {
  return { title: 'Alone', description: 'The driver and the command, and nothing else.', method: activities }
}

function action(type: string, func: string, args: object, more: object = {}): object {
  return { type: 'action', name: func, provider: { type, func, arguments: args, ...more } }
}

function probe(type: string, func: string, args: object, more: object = {}): object {
  return { ...action(type, func, args, more), type: 'probe' }
}
