import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FunctionCache } from '../src/load-function.ts'
import { validateProvider } from '../src/validate-provider.ts'
import { RememberingContext } from './activity-context.ts'
import { runNode } from './call.ts'
import { project } from './project.ts'

// What was compiled is kept for the next time, and that belongs to no test.
const cache = mkdtempSync(path.join(tmpdir(), 'squall-cache-'))
process.env['XDG_CACHE_HOME'] = cache
afterAll(() => rmSync(cache, { recursive: true, force: true }))

const probes = `
  import { limit } from './limit.js'
  import type { Shape } from './shape.ts'
  import shared from './shared.cjs'
  import { doubled } from 'doubling'
  enum Level { low = 1, high }
  namespace Names { export const here = import.meta.url }
  let calls = 0
  export const count = (): number => ++calls
  export async function levels<Args extends Shape>({ n }: Args): Promise<object> {
    const { default: late } = await import('./late.mts')
    return { n, limit, high: Level.high, late, shared: shared.value, doubled: doubled(n), here: Names.here.endsWith('probes.ts') }
  }
  export async function harm({ n }: Shape, { undo }: { undo(func: string, args: unknown): Promise<unknown> }) {
    await undo('mend', { n } satisfies Shape)
    return null
  }
  export const mend = (): string => 'not needed'
  export const fail = (): never => { throw new RangeError('out of range') }
`
const files = {
  'probes.ts': probes,
  'limit.ts': 'export const limit: number = 7',
  'shape.ts': 'export interface Shape { n: number }',
  'late.mts': 'const late: string = await Promise.resolve("late"); export default late',
  'shared.cjs': 'module.exports = { value: "shared" }',
  'old.cts': 'import os = require("node:os"); export = { eol: (): string => os.EOL }',
  'broken.ts': 'export const a: = 1',
  'node_modules/doubling/package.json': { type: 'module', exports: './index.js' },
  'node_modules/doubling/index.js': 'export const doubled = (n) => 2 * n',
  'node_modules/typed/package.json': { type: 'module', exports: './index.ts' },
  'node_modules/typed/index.ts': 'export const typed = (): string => "typed"',
}

describe.each([
  { how: 'in the process', more: {} },
  { how: 'in a thread', more: { interruptible: true } },
])('TypeScript $how', ({ more }) => {
  it('is compiled, with what it imports of files and packages', async () => {
    const folder = await project(files)
    const answer = await runNode(folder, {
      module: './probes.ts',
      func: 'levels',
      arguments: { n: 2 },
      ...more,
    })
    expect(answer).toEqual({
      n: 2,
      limit: 7,
      high: 2,
      late: 'late',
      shared: 'shared',
      doubled: 4,
      here: true,
    })
  })

  it('may be CommonJS, and a package', async () => {
    const folder = await project(files)
    expect(await runNode(folder, { module: './old.cts', func: 'eol', ...more })).toBe('\n')
    expect(await runNode(folder, { module: 'typed', func: 'typed', ...more })).toBe('typed')
  })

  it('registers its undo by a URL that another process can load', async () => {
    const folder = await project(files)
    const context = new RememberingContext(folder)
    await runNode(context, { module: './probes.ts', func: 'harm', arguments: { n: 1 }, ...more })
    expect(context.undos).toMatchObject([
      {
        func: 'call',
        args: { module: expect.stringMatching(/^file:.*probes\.ts$/), func: 'mend', arguments: { n: 1 } },
      },
    ])
  })

  it('that throws fails its activity', async () => {
    const folder = await project(files)
    await expect(runNode(folder, { module: './probes.ts', func: 'fail', ...more })).rejects.toThrow(
      "'fail' of './probes.ts' threw RangeError: out of range.",
    )
  })
})

it('remembers what its modules remember', async () => {
  const folder = await project(files)
  const count = () => runNode(folder, { module: './probes.ts', func: 'count' })
  expect([await count(), await count()]).toEqual([1, 2])
})

it('runs a module once, however many ask for it at a time, and what they have in common too', async () => {
  const folder = await project({
    'shared.ts': 'let calls = 0; await Promise.resolve(); export const count = (): number => ++calls',
    'one.ts': "export { count } from './shared.ts'",
    'two.ts': "export { count } from './shared.ts'",
  })
  const modules = ['./one.ts', './two.ts', './one.ts', './shared.ts']
  const counts = await Promise.all(modules.map((module) => runNode(folder, { module, func: 'count' })))
  expect(counts.toSorted()).toEqual([1, 2, 3, 4])
})

it('that cannot be compiled is named with its line at validation', async () => {
  const folder = await project(files)
  const provider = { type: 'node', module: './broken.ts', func: 'a' }
  expect(await validateProvider(provider, folder, new FunctionCache())).toMatchObject([
    {
      path: ['module'],
      message: expect.stringMatching(/'\.\/broken\.ts' cannot be loaded: .*broken\.ts:1:/s),
    },
  ])
})

it('leaves nothing in the folder of the experiment', async () => {
  const folder = await project(files)
  await runNode(folder, { module: './probes.ts', func: 'count' })
  expect((await readdir(folder)).sort()).toEqual(
    [...new Set(Object.keys(files).map((file) => file.split('/')[0]))].sort(),
  )
  expect(await readdir(path.join(folder, 'node_modules'))).toEqual(['doubling', 'typed'])
})

it('keeps what was compiled in the cache folder of the user', async () => {
  const kept = path.join(cache, 'squall')
  expect((await readdir(kept)).some((file) => file.includes('probes'))).toBe(true)
})
