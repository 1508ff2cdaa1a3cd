import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { here } from '../requirements.ts'
import { guideSteps, playSteps } from './guide.ts'
import { type LocalRegistry, startRegistry } from './local-registry.ts'
import { packAll } from './packed.ts'
import { thirdPartyPackages } from './third-party.ts'
import { userEnvironment } from './user-project.ts'

const ours = ['create-squall-driver', '@squall/contract', '@squall/testkit', '@squall/cli']
/** The part about a driver that is written by hand. */
const guide = (await readFile(path.join(here, '../docs/writing-a-driver.md'), 'utf8')).split(
  /^## From an OpenAPI document$/m,
)[0] as string

let place: string
let registry: LocalRegistry

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-guide-'))
  const tools = ['typescript', 'vitest', 'zod']
  registry = await startRegistry(await packAll(place, ours), thirdPartyPackages(tools))
}, 120_000)

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]()
  await rm(place, { recursive: true, force: true })
})

it('goes from an empty folder to green tests and a run with the new driver in four commands', async () => {
  const folder = path.join(place, 'empty')
  const home = path.join(place, 'home')
  await Promise.all([mkdir(folder), mkdir(home)])
  const steps = guideSteps(guide)
  expect(steps).toHaveLength(4)
  const began = performance.now()
  const played = await playSteps(steps, folder, userEnvironment(home, registry))
  const seconds = (performance.now() - began) / 1000
  process.stderr.write(`The guide took ${seconds.toFixed(1)} s.\n`)
  for (const step of played) {
    expect(step, step.output).toMatchObject({ exitCode: 0, notPrinted: [] })
  }
  expect(played).toHaveLength(3)
  const journal = JSON.parse(await readFile(path.join(folder, 'squall-driver-lamps/journal.json'), 'utf8'))
  expect(journal).toMatchObject({ status: 'completed', deviated: false })
  const greeting = path.join(folder, 'squall-driver-lamps/example/greeting.txt')
  expect(await readFile(greeting, 'utf8')).toBe('Hello.\n')
  expect(seconds).toBeLessThan(60)
}, 200_000)

it('shows the code that is made', async () => {
  const source = path.join(here, '../packages/create-squall-driver/template/src')
  const files = await Promise.all(
    (await readdir(source)).map(async (name) => readFile(path.join(source, name), 'utf8')),
  )
  const made = files.map((text) => text.replaceAll('driver_name', 'lamps'))
  const shown = [...guide.matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
  expect(shown.length).toBeGreaterThan(2)
  expect(shown.map(([, text]) => text).filter((text) => !made.includes(text ?? ''))).toEqual([])
})
