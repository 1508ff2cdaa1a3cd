import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documents } from './made.ts'

const program = fileURLToPath(new URL('../bin/create-squall-driver.js', import.meta.url))
let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'create-command-'))
})
afterAll(() => rm(cwd, { recursive: true }))

interface Ended {
  readonly code?: number
  readonly stdout: string
  readonly stderr: string
}

function run(...words: readonly string[]): Promise<Ended> {
  return promisify(execFile)(process.execPath, [program, ...words], { cwd }).catch(
    (error: unknown) => error,
  ) as Promise<Ended>
}

it('explains itself', async () => {
  const { stdout, stderr } = await run('--help')
  expect(stdout).toMatch(/^Usage: npm create squall-driver NAME .*--from-openapi FILE .*--only WHAT /s)
  expect(stderr).toBe('')
})

it.each([
  { name: 'no name', words: [] },
  { name: 'two names', words: ['a', 'b'] },
  { name: 'an unknown option', words: ['a', '--from', 'b'] },
  { name: '--only alone', words: ['a', '--only', 'b'] },
])('says how it is used for $name', async ({ words }) => {
  expect(await run(...words)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Usage: '),
  })
  expect(await readdir(cwd)).toEqual([])
})

it('says what it made, what it left out, and what to do next', async () => {
  const { stdout, stderr } = await run('shop', '--from-openapi', path.join(documents, 'pet-shop.yaml'))
  expect(stderr).toBe('POST /photos is left out: its body is image/png, and JSON or text is needed.\n')
  expect(
    stdout,
  ).toBe(`Made squall-driver-shop: the driver 'shop' with 6 activities, its tests, a sample server and an experiment.

  cd squall-driver-shop
  npm install-test
  node example/server.mjs &
  SHOP_TOKEN=letmein npx squall run example/experiment.json --driver .
`)
})
