import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { settleLog } from './settle-log.ts'

/** The folder of a run, with all that may lie in it. */
async function runFolder(): Promise<{ root: string; folder: string }> {
  const root = await scratchFolder()
  const folder = path.join(root, 'runs/one')
  await mkdir(folder, { recursive: true })
  const names = [
    '000001.log',
    '000002.log',
    'run.json',
    'run.json.part',
    'stop',
    'healer-1.lock',
    'healer-2.lock.a',
  ]
  for (const name of names) await writeFile(path.join(folder, name), name)
  return { root, folder }
}

it('removes the log of a run that nobody wants to keep', async () => {
  const { root, folder } = await runFolder()
  await settleLog(folder, {})
  expect(await readdir(path.join(root, 'runs'))).toEqual([])
})

it('moves a log to where it is kept, without what only a run that goes on needs', async () => {
  const { root, folder } = await runFolder()
  const keepLogIn = path.join(root, 'kept/deep')
  await settleLog(folder, { keepLogIn })
  expect(await readdir(keepLogIn)).toEqual(['000001.log', '000002.log'])
  expect(await readdir(path.join(root, 'runs'))).toEqual([])
})

it('leaves alone what lies already where the log is kept', async () => {
  const { root, folder } = await runFolder()
  const keepLogIn = path.join(root, 'kept')
  await mkdir(keepLogIn)
  await writeFile(path.join(keepLogIn, 'stop'), 'of somebody else')
  await settleLog(folder, { keepLogIn })
  expect(await readdir(keepLogIn)).toEqual(['000001.log', '000002.log', 'stop'])
  expect(await readFile(path.join(keepLogIn, 'stop'), 'utf8')).toBe('of somebody else')
  expect(await readdir(path.join(root, 'runs'))).toEqual([])
})

it('has nothing to do where another healer has put the log away', async () => {
  const { root, folder } = await runFolder()
  const keepLogIn = path.join(root, 'kept')
  await settleLog(folder, { keepLogIn })
  await settleLog(folder, { keepLogIn })
  await settleLog(folder, {})
  expect(await readdir(keepLogIn)).toEqual(['000001.log', '000002.log'])
})
