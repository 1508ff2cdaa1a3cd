import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { driverLaws } from '../src/index.ts'
import house from './broken-abilities/house.js'
import lamps from './broken-drivers/lamps.js'
import { houseSamples } from './house-samples.ts'
import { lampSamples } from './lamp-samples.ts'
import { newFolder } from './own-drivers/folder.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const packages = path.resolve(import.meta.dirname, '../..')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
const [driver = '', tests = '', fakes = '', journals = ''] = blocks('js')
const [kept = '', broken = '', faked = '', differs = ''] = blocks('text')

let project: { folder: string; remove(): Promise<void> }
beforeAll(async () => {
  project = await newFolder()
  await writeFile(path.join(project.folder, 'package.json'), '{ "type": "module" }')
  await writeFile(path.join(project.folder, 'lamps.test.js'), tests)
  for (const name of ['contract', 'testkit']) await install(name)
  await symlink(
    path.join(packages, 'testkit/node_modules/zod'),
    path.join(project.folder, 'node_modules/zod'),
  )
})
afterAll(() => project.remove())

/** What npm would put there: the package's built files, outside this workspace. */
async function install(name: string): Promise<void> {
  const to = path.join(project.folder, 'node_modules/@squall', name)
  await mkdir(to, { recursive: true })
  for (const part of ['package.json', 'dist']) {
    await cp(path.join(packages, name, part), path.join(to, part), { recursive: true })
  }
}

/** Runs the example as its reader does. */
async function runExample(lamps: string): Promise<string> {
  await writeFile(path.join(project.folder, 'lamps.js'), lamps)
  return (await runNode(['--test', '--test-reporter=spec'])).stdout
}

async function runNode(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' }
  const options = { cwd: project.folder, env, timeout: 60_000 }
  return promisify(execFile)(process.execPath, args, options).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
}

/** Lines without what differs from run to run. */
const lasting = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/\(\d+(\.\d+)?ms\)/, '')
        .replace(/duration_ms.*/, '')
        .trim(),
    )
    .filter((line) => line !== '')

it('the example keeps every law, outside of this workspace', { timeout: 70_000 }, async () => {
  const output = lasting(await runExample(driver))
  expect(output).toEqual(expect.arrayContaining(lasting(kept)))
  expect(output).toContain('ℹ fail 0')
})

it('the example that does harm first says what was seen', { timeout: 70_000 }, async () => {
  const undo = "    await undo('light', { file })\n"
  const harm = "    await writeFile(file, 'dark')\n"
  expect(driver).toContain(undo + harm)
  const output = lasting(await runExample(driver.replace(undo + harm, harm + undo)))
  expect(output).toEqual(expect.arrayContaining([...lasting(broken), 'ℹ fail 4']))
})

it('the example of processes in memory prints what it says', async () => {
  await writeFile(path.join(project.folder, 'fakes.js'), fakes)
  expect((await runNode(['fakes.js'])).stdout).toBe(faked)
})

it('the example of a journal says what differs', async () => {
  await writeFile(path.join(project.folder, 'journals.js'), journals)
  const entry = (name: string, status: string) => ({ activity: { name }, output: null, status })
  const exception = ['ActivityFailed: There is no lamp.\n']
  const met = { steady_state_met: true, probes: [] }
  const journal = {
    experiment: { title: 'Is there light?' },
    ...{ status: 'completed', deviated: false, steady_states: { before: met, after: met, during: [] } },
    ...{ run: [{ ...entry('put the lamp out', 'failed'), exception }], rollbacks: [] },
    undo: [{ func: 'light', status: 'not needed' }],
  }
  await writeFile(path.join(project.folder, 'journal.json'), JSON.stringify(journal))
  expect((await runNode(['journals.js'])).stderr).toContain(differs)
})

it('names every law, in a table', () => {
  const here = new URL(import.meta.url)
  const laws = [
    ...driverLaws(() => lamps, lampSamples(here, lamps)),
    ...driverLaws(() => house, houseSamples(here, house)),
  ]
  const texts = laws.map(({ name }) => name.replace(/^[^:]*: /, ''))
  const rows = [...readme.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, row]) => row)
  expect([...new Set(texts)].filter((text) => !rows.includes(text))).toEqual([])
})
