import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { findRuns } from './find-runs.ts'
import { type RunCard, writeCard } from './run-card.ts'

const minute = 60_000
const isAlive = ({ pid }: { pid: number }): boolean => pid === 1

function cardOf(pid: number): RunCard {
  const place = { directory: '/', workingDirectory: '/' }
  return { format: 1, runner: { pid, startedAt: 'then' }, rollbacksOnCrash: false, drivers: [], ...place }
}

async function runsFolder(
  names: Readonly<Record<string, (folder: string) => Promise<void>>>,
): Promise<string> {
  const runs = await scratchFolder()
  for (const [name, fill] of Object.entries(names)) {
    await mkdir(path.join(runs, name))
    await fill(path.join(runs, name))
  }
  return runs
}

it('tells runs that go on from those whose runner is gone', async () => {
  const runs = await runsFolder({
    b: (folder) => writeCard(folder, cardOf(1)),
    a: (folder) => writeCard(folder, cardOf(2)),
  })
  expect((await findRuns(runs, isAlive, Date.now)).map(({ folder, status }) => [folder, status])).toEqual([
    [path.join(runs, 'a'), 'abandoned'],
    [path.join(runs, 'b'), 'running'],
  ])
})

it('finds nothing where there has never been a run', async () => {
  expect(await findRuns(path.join(await scratchFolder(), 'none'), isAlive, Date.now)).toEqual([])
})

const empty = async (): Promise<void> => undefined
const halfCard = (folder: string): Promise<void> => writeFile(path.join(folder, 'run.json.part'), '{"for')
const logOnly = (folder: string): Promise<void> => writeFile(path.join(folder, '000001.log'), '')
const damagedCard = (folder: string): Promise<void> => writeFile(path.join(folder, 'run.json'), '{"for')

it.each([
  {
    name: 'one that ended while its removal was cut off',
    folder: 'a.ended',
    fill: logOnly,
    after: 0,
    left: [],
  },
  { name: 'one that died before its card was there', folder: 'a', fill: empty, after: 2 * minute, left: [] },
  { name: 'one that died while it wrote its card', folder: 'a', fill: halfCard, after: 2 * minute, left: [] },
  { name: 'not one that may be about to write its card', folder: 'a', fill: halfCard, after: 0, left: ['a'] },
  { name: 'not a log that has lost its card', folder: 'a', fill: logOnly, after: 2 * minute, left: ['a'] },
  { name: 'not one whose card is damaged', folder: 'a', fill: damagedCard, after: 2 * minute, left: ['a'] },
])('removes $name', async ({ folder, fill, after, left }) => {
  const runs = await runsFolder({ [folder]: fill })
  expect(await findRuns(runs, isAlive, () => Date.now() + after)).toEqual([])
  expect(await readdir(runs)).toEqual(left)
})
