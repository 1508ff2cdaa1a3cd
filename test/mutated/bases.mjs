/** Experiments of all kinds, small and quick, that mutations start from. Nothing in them harms the machine. */
const shell = (name, more = {}) => ({
  type: 'action',
  name,
  provider: { type: 'process', path: 'sh', arguments: ['-c', 'echo hi', '${word}'] },
  ...more,
})
const truth = (name, more = {}) => ({
  type: 'probe',
  name,
  provider: { type: 'process', path: 'true' },
  ...more,
})
/** Nothing listens on port 1. */
const call = (name, more = {}) => ({
  type: 'probe',
  name,
  provider: {
    type: 'http',
    url: 'http://127.0.0.1:1/${word}',
    timeout: [0.2, 1],
    headers: { Accept: 'text/plain' },
    arguments: { a: 1 },
  },
  ...more,
})
const node = (name, more = {}) => ({
  type: 'probe',
  name,
  provider: {
    type: 'node',
    module: './answers.mjs',
    func: 'same',
    arguments: { value: { up: [1, '2', null] } },
  },
  ...more,
})
const python = (name, more = {}) => ({
  type: 'probe',
  name,
  provider: { type: 'python', module: 'os.path', func: 'exists', arguments: { path: '/' } },
  ...more,
})

const tolerances = [
  true,
  200,
  'text',
  [0, 1],
  { type: 'range', range: [0, 5], target: 'status' },
  { type: 'regex', pattern: '(?P<a>^$)', target: 'stdout' },
  { type: 'jsonpath', path: '$.status', expect: 0 },
  { type: 'probe', name: 'inner', provider: { type: 'process', path: 'true', arguments: {} } },
]

const head = { title: 'An experiment ${word}', description: 'For mutations.', tags: ['a'] }
const configuration = {
  word: 'hello',
  number: 3,
  port: { type: 'env', key: 'NOT_THERE', default: '80', env_var_type: 'int' },
  dynamic: { type: 'probe', name: 'd', provider: { type: 'process', path: 'echo', arguments: '7' } },
}

export const bases = [
  { ...head, method: [] },
  { ...head, configuration, method: [shell('a'), truth('b', { background: true })], rollbacks: [shell('c')] },
  {
    ...head,
    secrets: { group: { token: 'abcdefgh', deep: { type: 'env', key: 'HOME' } } },
    method: [call('a', { pauses: { before: 0.01, after: '${number}' } })],
    configuration: { number: 0.01 },
  },
  {
    ...head,
    configuration,
    'steady-state-hypothesis': {
      title: 'h',
      probes: tolerances.map((tolerance, at) => truth(`p${at}`, { tolerance })),
    },
    method: [truth('m')],
  },
  {
    ...head,
    'steady-state-hypothesis': {
      title: 'h',
      probes: [truth('p', { tolerance: 0 }), { ref: 'm', tolerance: 0 }],
    },
    method: [truth('m'), { ref: 'p' }, { ref: 'm', background: true }],
    rollbacks: [{ ref: 'm' }],
    runtime: { hypothesis: { strategy: 'continuously' }, rollbacks: { strategy: 'always' } },
  },
  {
    ...head,
    method: [node('n', { evaluate: true, tolerance: { type: 'jsonpath', path: '$.up[*]', count: 3 } })],
  },
  { ...head, method: [python('py')], rollbacks: [python('again')] },
  {
    ...head,
    controls: [{ name: 'c', provider: { type: 'python', module: 'os.path' } }],
    extensions: [{ name: 'x', a: 1 }],
    contributions: { availability: 'high' },
    method: [truth('a', { controls: [{ name: 'd', provider: { type: 'python', module: 'json' } }] })],
  },
  {
    ...head,
    method: [
      truth('u', { until: { tolerance: 0, timeout: 0.1, interval: 0.01 } }),
      shell('r', { repeat: 2, onFailure: 'continue', max_duration: 1, keep: true }),
      shell('s', {
        provider: { type: 'process', path: 'echo', arguments: ['${steps.u.output.status}'], timeout: 1 },
      }),
    ],
  },
]
