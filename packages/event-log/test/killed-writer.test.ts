import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEventLog, readEventLog, verifyEventLog } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'

// Node 20 cannot run the sources, and tests need no build: so the fixtures are bundled here.
const programs = await mkdtemp(path.join(tmpdir(), 'squall-event-log-fixtures-'))
afterAll(() => rm(programs, { recursive: true }))
beforeAll(async () => {
  for (const name of ['keep-appending', 'forget-to-close']) {
    const bundle = await rolldown({
      input: path.join(import.meta.dirname, 'fixtures', `${name}.ts`),
      platform: 'node',
      resolve: { conditionNames: ['@squall/source', 'node', 'import'] },
    })
    await bundle.write({ format: 'esm', file: path.join(programs, `${name}.mjs`) })
  }
})

function startFixture(name: string, folder: string) {
  const program = path.join(programs, `${name}.mjs`)
  return spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Kills the writer after it has reported some durable records; resolves to the last one it reported. */
async function killAfter(folder: string, reports: number): Promise<number> {
  const child = startFixture('keep-appending', folder)
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
    if (printed.split('\n').length > reports) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  expect(child.signalCode).toBe('SIGKILL')
  return Number(printed.trimEnd().split('\n').at(-1))
}

it.each([1, 7, 40, 150, 400])('loses no durable record when killed after %i of them', async (reports) => {
  const folder = await scratchFolder()
  const lastDurable = await killAfter(folder, reports)
  const { records, damage } = await readEventLog<{ n: number }>(folder)
  expect(damage).toEqual([])
  expect(records.length).toBeGreaterThan(lastDurable)
  expect(records.map(({ n }) => n)).toEqual(records.map((_, index) => index))

  await using log = await openEventLog<{ n: number }>(folder)
  await log.appendDurable({ n: -1 })
  expect(await verifyEventLog(folder)).toMatchObject({ intact: true, records: records.length + 1 })
})

it('does not keep the process alive', async () => {
  const folder = await scratchFolder()
  const startedAt = performance.now()
  const child = startFixture('forget-to-close', folder)
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
  expect(performance.now() - startedAt).toBeLessThan(30_000)
})
