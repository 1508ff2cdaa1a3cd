import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { resolveModule } from '../src/resolve-module.ts'
import { project } from './project.ts'

const files = {
  'probes.mjs': '',
  'with space & #.mjs': '',
  'typed.ts': '',
  'sub/experiment.json': '',
  'node_modules/import-only/package.json': { exports: { import: './esm.js' } },
  'node_modules/import-only/esm.js': '',
  'node_modules/@scope/patterns/package.json': { exports: { './*': './src/*.js' } },
  'node_modules/@scope/patterns/src/probes.js': '',
  'node_modules/old/package.json': { main: 'lib/main' },
  'node_modules/old/lib/main.js': '',
  'node_modules/old/extra/index.js': '',
  'node_modules/older/package.json': {},
  'node_modules/older/index.js': '',
  'node_modules/broken/package.json': '{',
  'node_modules/hollow/package.json': { exports: './gone.js' },
  'sub/node_modules/older/package.json': { exports: './near.js' },
  'sub/node_modules/older/near.js': '',
}

it.each([
  { module: './probes.mjs', from: '.', file: 'probes.mjs' },
  { module: '../probes.mjs', from: 'sub', file: 'probes.mjs' },
  { module: './typed.ts', from: '.', file: 'typed.ts' },
  { module: './with space & #.mjs', from: '.', file: 'with space & #.mjs' },
  { module: 'import-only', from: 'sub', file: 'node_modules/import-only/esm.js' },
  { module: '@scope/patterns/probes', from: 'sub', file: 'node_modules/@scope/patterns/src/probes.js' },
  { module: 'old', from: '.', file: 'node_modules/old/lib/main.js' },
  { module: 'old/extra', from: '.', file: 'node_modules/old/extra/index.js' },
  { module: 'older', from: '.', file: 'node_modules/older/index.js' },
  { module: 'older', from: 'sub', file: 'sub/node_modules/older/near.js' },
])("finds '$module' from $from", async ({ module, from, file }) => {
  const folder = await project(files)
  const url = pathToFileURL(path.join(folder, file)).href
  expect(await resolveModule(module, path.join(folder, from))).toBe(url)
  expect(await resolveModule(url, '')).toBe(url)
  expect(await resolveModule(path.join(folder, file), '')).toBe(url)
})

it.each(['node:os', 'node:fs/promises', 'os'])("finds the builtin '%s'", async (module) => {
  expect(await resolveModule(module, '')).toBe(`node:${module.replace('node:', '')}`)
})

it.each([
  { module: './missing.js', message: "There is no file './missing.js'" },
  { module: './probes', message: "There is no file './probes'" },
  { module: './sub', message: "There is no file './sub'" },
  { module: 'nowhere', message: "The package 'nowhere' is not installed in" },
  { module: '@scope/patterns', message: "The package '@scope/patterns' does not export '.' for import." },
  {
    module: 'import-only/esm.js',
    message: "The package 'import-only' does not export './esm.js' for import.",
  },
  { module: 'old/nothing', message: "'old/nothing' has no file" },
  { module: 'hollow', message: "There is no file 'hollow'" },
  { module: 'broken', message: "'broken' cannot be found: SyntaxError" },
  { module: 'file:%%%', message: "'file:%%%' cannot be found: " },
])("says why it does not find '$module'", async ({ module, message }) => {
  const folder = await project(files)
  await expect(resolveModule(module, folder)).rejects.toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    field: 'module',
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/\.$/),
  })
})
