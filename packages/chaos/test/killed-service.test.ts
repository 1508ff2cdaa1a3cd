import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChaosEvent } from '../src/index.ts'
import { ChaosStore } from '../src/store/chaos-store.ts'
import { scratchFolder } from './scratch-folder.ts'

// Node 20 cannot run the sources, and tests need no build: so the program is bundled here.
const programs = await mkdtemp(path.join(tmpdir(), 'squall-chaos-fixtures-'))
const program = path.join(programs, 'endless-chaos.mjs')
afterAll(() => rm(programs, { recursive: true }))
beforeAll(async () => {
  const bundle = await rolldown({
    input: path.join(import.meta.dirname, 'fixtures', 'endless-chaos.ts'),
    platform: 'node',
    resolve: { conditionNames: ['@squall/source', 'node', 'import'] },
  })
  await bundle.write({ format: 'esm', file: program })
})

/** Kills the service after it has told so many events; resolves to those that it told as a whole. */
async function killAfter(folder: string, count: number): Promise<readonly ChaosEvent[]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
    if (printed.split('\n').length > count) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  expect(child.signalCode).toBe('SIGKILL')
  const lines = printed
    .slice(0, printed.lastIndexOf('\n') + 1)
    .trimEnd()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as ChaosEvent)
}

async function storedEvents(folder: string): Promise<readonly ChaosEvent[]> {
  const { store, found } = await ChaosStore.open(folder)
  expect(found.damage).toBeUndefined()
  const events: ChaosEvent[] = []
  for (let start = 0n; ; ) {
    const page = store.book.page({ start, end: 10n ** 18n, maxResults: 0 })
    events.push(...page.events)
    if (page.continuationToken === '') break
    start = BigInt(page.events.at(-1)?.ticks ?? 0) + 1n
  }
  await store.close()
  return events
}

it('loses and doubles no event that it told, however often it is killed', { timeout: 120_000 }, async () => {
  const folder = await scratchFolder()
  const told: ChaosEvent[] = []
  for (const count of [1, 2, 3, 5, 8, 40, 150, 13, 1, 90]) {
    told.push(...(await killAfter(folder, count)))
    const stored = await storedEvents(folder)
    const keys = stored.map(({ ticks }) => BigInt(ticks))
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)))
    const known = new Map(stored.map((event) => [event.ticks, event]))
    for (const event of told) expect(known.get(event.ticks)).toEqual(event)
    expect(stored.filter(({ kind }) => kind === 'Started')).toHaveLength(1)
    expect(stored.filter(({ kind }) => kind === 'Stopped')).toHaveLength(0)
    const iterations = stored.flatMap((event) => (event.kind === 'ExecutingFaults' ? [event.iteration] : []))
    expect(iterations).toEqual(iterations.map((_, at) => at + 1))
  }
})
