import { expect, it } from 'vitest'
import { nodeControls } from '../src/node-controls.ts'
import { project } from './project.ts'

const files = {
  'good.ts': `
    export const beforeActivity = (): void => {}
    export function validate({ provider }: { provider: { arguments?: { limit?: number } } }): void {
      if (provider.arguments?.limit === undefined) throw new TypeError('it needs a limit')
    }
  `,
  'empty.mjs': 'export const other = () => {}',
  'broken.mjs': 'export const =',
}

it.each([
  { name: 'nothing', provider: { module: './good.ts', arguments: { limit: 1 } }, found: [] },
  { name: 'a missing module', provider: {}, found: [{ message: "A 'node' control needs a 'module'." }] },
  {
    name: 'what its module finds',
    provider: { module: './good.ts' },
    found: [{ message: expect.stringContaining('it needs a limit') }],
  },
  { name: 'a file that is not there', provider: { module: './gone.ts' }, found: [{ level: 'warning' }] },
  {
    name: 'a module that cannot be loaded',
    provider: { module: './broken.mjs' },
    found: [{ level: 'warning' }],
  },
  {
    name: 'a module without hooks',
    provider: { module: './empty.mjs' },
    found: [{ level: 'warning', message: expect.stringContaining('exports no hook') }],
  },
])('validation finds $name', async ({ provider, found }) => {
  const directory = await project(files)
  const declaration = { name: 'c', provider: { type: 'node', ...provider }, isGlobal: false }
  const answer = await nodeControls.validate?.(declaration, { directory, options: {} })
  expect(answer).toHaveLength(found.length)
  expect(answer).toMatchObject(found)
})
