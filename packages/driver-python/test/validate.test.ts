import type { ProviderFields } from '@squall/contract'
import { expect, it } from 'vitest'
import { pythonPlace } from './python-place.ts'

const files = {
  'lamps.py': `
import os.path, functools
def say(word, times=1, *, end="."): pass
def injected(a, configuration, secrets): pass
def nothing(): pass
@functools.wraps(say)
def wrapped(*args, **kwargs): pass
class Thing: pass
value = 5
`,
  'broken.py': 'import lamps\nlamps.nowhere()',
  'needy.py': 'import kubernetes_of_nowhere.client',
  'pkg/__init__.py': '',
}

async function validate(provider: Omit<ProviderFields, 'type'>, options = {}) {
  const { python } = await pythonPlace(files)
  return python.validate({ type: 'python', ...provider }, { directory: '.', options })
}

it.each([
  { module: 'lamps', func: 'say', arguments: { word: 'a' } },
  { module: 'lamps', func: 'say', arguments: { word: '${w}', times: '${n}', end: 1 } },
  { module: 'lamps', func: 'injected', arguments: { a: 1 }, secrets: ['b'] },
  { module: 'lamps', func: 'wrapped', arguments: { word: 1 } },
  { module: 'lamps', func: 'nothing' },
  { module: 'os.path', func: 'exists', arguments: { path: 'a' } },
  { module: 'os', func: 'remove', arguments: { path: 'a' }, timeout: 5 },
  { module: 'builtins', func: 'print', arguments: { end: '' } },
  { module: 'lamps', func: 'nothing', timeout: '${limit}' },
  { module: 'lamps', func: 'nothing', timeout: '5' },
  { module: 'lamps', func: 'nothing', timeout: null, arguments: null as never },
])('finds nothing wrong with $func of $module', async (provider) => {
  expect(await validate(provider)).toEqual([])
})

it.each([
  { provider: { func: 'a' }, path: 'module', message: "A 'python' provider needs a 'module'." },
  { provider: { module: 'lamps' }, path: 'func', message: "A 'python' provider needs a 'func'." },
  {
    provider: { module: 'lamps', func: 'nothing', arguments: ['a'] as never },
    path: 'arguments',
    message: 'must be an object',
  },
  {
    provider: { module: 'lamps', func: 'dance' },
    path: 'func',
    message: "The Python module 'lamps' has no function 'dance'.",
  },
  {
    provider: { module: 'lamps', func: 'Thing' },
    path: 'func',
    message: "'Thing' of 'lamps' is no function.",
  },
  {
    provider: { module: 'lamps', func: 'value' },
    path: 'func',
    message: "'value' of 'lamps' is no function.",
  },
  {
    provider: { module: 'lamps', func: 'say' },
    path: 'arguments',
    message: "missing a required argument: 'word'",
    hint: 'It takes word, times, end.',
  },
  {
    provider: { module: 'lamps', func: 'say', arguments: { word: 1, loud: 2 } },
    path: 'arguments',
    message: "unexpected keyword argument 'loud'",
  },
  {
    provider: { module: 'lamps', func: 'nothing', arguments: { a: 2 } },
    path: 'arguments',
    message: "unexpected keyword argument 'a'",
    hint: 'It takes no arguments.',
  },
  {
    provider: { module: 'nowhere', func: 'a' },
    path: 'module',
    message: "there is no module 'nowhere'",
    hint: /PYTHONPATH/,
  },
  {
    provider: { module: 'pkg.nowhere', func: 'a' },
    path: 'module',
    message: "there is no module 'pkg.nowhere'",
  },
  {
    provider: { module: 'chaosaws.ec2.actions', func: 'a' },
    path: 'module',
    message: "there is no module 'chaosaws'",
    hint: /-m pip install chaostoolkit-aws/,
  },
  {
    provider: { module: 'chaostoxi.toxic.actions', func: 'a' },
    path: 'module',
    message: "there is no module 'chaostoxi'",
    hint: /-m pip install chaostoolkit-toxiproxy`, or `npm install @squall\/driver-net`, which stands in for it/,
  },
  {
    provider: { module: 'chaosturbulence.actions', func: 'a' },
    path: 'module',
    message: "there is no module 'chaosturbulence'",
    hint: /-m pip install git\+https:\/\/github\.com\/tmobile\/chaostoolkit-turbulence/,
  },
  {
    provider: { module: 'needy', func: 'a' },
    path: 'module',
    message: "it needs 'kubernetes_of_nowhere', which is not installed",
  },
  {
    provider: { module: 'broken', func: 'a' },
    path: 'module',
    message: "cannot be imported: AttributeError: module 'lamps' has no attribute 'nowhere'",
  },
])('finds $message', async ({ provider, path, message, hint }) => {
  const [issue, ...others] = await validate(provider)
  expect(others).toEqual([])
  expect(issue?.path).toEqual([path])
  expect(issue?.message).toContain(message)
  if (hint !== undefined) expect(issue?.hint).toMatch(hint)
})

it.each([[['soon']], [-5], [0]])(
  'a timeout of %j is told and passed over, as the reference passes over each',
  async (timeout) => {
    const provider = { module: 'lamps', func: 'nothing', timeout }
    expect(await validate(provider)).toEqual([
      expect.objectContaining({ path: ['timeout'], level: 'warning' }),
    ])
    const { run } = await pythonPlace(files)
    expect(await run(provider)).toBe(null)
  },
)

it('says that there is no Python, and how to get one', async () => {
  const [issue] = await validate({ module: 'os', func: 'remove' }, { interpreter: 'no-such-python' })
  expect(issue).toMatchObject({
    path: ['type'],
    message: "There is no Python here: 'no-such-python' was not found.",
    hint: expect.stringContaining('--python'),
  })
})

it('says what is wrong with a program that is no Python', async () => {
  const [issue] = await validate({ module: 'os', func: 'remove' }, { interpreter: '/bin/false' })
  expect(issue).toMatchObject({
    path: ['type'],
    message: "The Python '/bin/false' cannot be used: it ended with code 1.",
  })
})

it.each([
  { module: 'os.path', is: true },
  { module: 'nowhere', is: false },
  { module: 'broken', is: false },
])('tells whether $module can be imported', async ({ module, is }) => {
  const { python } = await pythonPlace(files)
  expect(await python.canImport?.(module, { options: {} })).toBe(is)
  expect(await python.canImport?.(module, { options: { interpreter: 'no-such-python' } })).toBe(false)
  expect(await python.canImport?.(module, { options: { interpreter: '/bin/false' } })).toBe(false)
})
