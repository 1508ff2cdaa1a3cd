import type { ProviderFields } from '@squall/contract'
import { expect, it } from 'vitest'
import { nodeProvider } from '../src/node-provider.ts'
import { project } from './project.ts'

const files = {
  'probes.mjs': `
    export const fine = () => {}
    export const strict = () => {}
    strict.args = { '~standard': { version: 1, vendor: 'by hand', validate: ({ lamp }) =>
      lamp === undefined ? { issues: [{ message: 'missing', path: ['lamp'] }] } : { value: { lamp } } } }
    export const limit = 3
  `,
  'broken.mjs': 'import "./not-there.mjs"',
  'throws.mjs': 'throw new Error("at the top")',
  'empty.mjs': '',
  'typed.ts': 'export const fine = () => {}',
}

const module = './probes.mjs'

async function validate(provider: Omit<ProviderFields, 'type'>) {
  return nodeProvider().validate(
    { type: 'node', ...provider },
    { options: {}, directory: await project(files) },
  )
}

it.each([
  { name: 'a function', provider: { module, func: 'fine' } },
  {
    name: 'all fields',
    provider: { module, func: 'fine', arguments: {}, timeout: 1.5, interruptible: false, secrets: [] },
  },
  { name: 'accepted arguments', provider: { module, func: 'strict', arguments: { lamp: 1 } } },
  { name: 'arguments known later', provider: { module, func: 'strict', arguments: { other: ['${lamp}'] } } },
  { name: 'a builtin', provider: { module: 'node:os', func: 'hostname' } },
])('finds nothing wrong with $name', async ({ provider }) => {
  expect(await validate(provider)).toEqual([])
})

it.each([
  {
    name: 'no module',
    provider: { func: 'fine' },
    path: ['module'],
    message: "A 'node' provider needs a 'module'.",
  },
  { name: 'no func', provider: { module }, path: ['func'], message: "A 'node' provider needs a 'func'." },
  {
    name: 'a func that is no text',
    provider: { module, func: 1 as never },
    path: ['func'],
    message: "needs a 'func'",
  },
  {
    name: 'a list of arguments',
    provider: { module, func: 'fine', arguments: [1] },
    path: ['arguments'],
    message: 'must be an object',
  },
  {
    name: 'no time',
    provider: { module, func: 'fine', timeout: 0 },
    path: ['timeout'],
    message: 'above 0, not 0.',
  },
  {
    name: 'time as text',
    provider: { module, func: 'fine', timeout: '3' },
    path: ['timeout'],
    message: 'above 0, not "3".',
  },
  {
    name: 'yes as text',
    provider: { module, func: 'fine', interruptible: 'yes' },
    path: ['interruptible'],
    message: 'must be true or false, not "yes".',
  },
  {
    name: 'a module that is missing',
    provider: { module: './gone.mjs', func: 'a' },
    path: ['module'],
    message: "There is no file './gone.mjs'",
  },
  {
    name: 'a package that is missing',
    provider: { module: 'gone', func: 'a' },
    path: ['module'],
    message: "The package 'gone' is not installed",
  },
  {
    name: 'a module that imports nothing there',
    provider: { module: './broken.mjs', func: 'a' },
    path: ['module'],
    message: "'./broken.mjs' cannot be loaded",
  },
  {
    name: 'a module that throws',
    provider: { module: './throws.mjs', func: 'a' },
    path: ['module'],
    message: "'./throws.mjs' cannot be loaded: Error: at the top.",
  },
  {
    name: 'a function that is missing',
    provider: { module, func: 'gone' },
    path: ['func'],
    message: "'./probes.mjs' exports no function 'gone'.",
    hint: 'It exports the functions fine, strict.',
  },
  {
    name: 'a value that is no function',
    provider: { module, func: 'limit' },
    path: ['func'],
    message: "exports no function 'limit'",
  },
  {
    name: 'a module without functions',
    provider: { module: './empty.mjs', func: 'a' },
    path: ['func'],
    message: "exports no function 'a'",
    hint: 'It exports no function: export one.',
  },
  {
    name: 'arguments that are refused',
    provider: { module, func: 'strict', arguments: { lump: 1 } },
    path: ['arguments', 'lamp'],
    message: "Arguments of 'strict': lamp: missing",
  },
])('finds $name', async ({ provider, path, message, hint }) => {
  const issues = await validate(provider as Omit<ProviderFields, 'type'>)
  expect(issues).toEqual([
    expect.objectContaining({ path, message: expect.stringContaining(message), ...(hint && { hint }) }),
  ])
})

it('names everything that is wrong at once', async () => {
  const issues = await validate({ module: './gone.mjs', func: 'a', timeout: -1, arguments: 3 })
  expect(issues.map(({ path }) => path.join())).toEqual(['arguments', 'timeout', 'module'])
})
