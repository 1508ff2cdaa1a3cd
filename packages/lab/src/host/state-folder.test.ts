import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { labIdOf, labsFolder } from './state-folder.ts'

const scratch = mkdtempSync(path.join(os.tmpdir(), 'squall-state-test-'))
const before = process.env['XDG_STATE_HOME']
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
afterEach(() => {
  if (before === undefined) delete process.env['XDG_STATE_HOME']
  else process.env['XDG_STATE_HOME'] = before
})

it.runIf(process.platform === 'linux').each([
  { xdg: '/somewhere/state', folder: '/somewhere/state/squall/labs' },
  { xdg: 'relative', folder: path.join(os.homedir(), '.local/state/squall/labs') },
  { xdg: '', folder: path.join(os.homedir(), '.local/state/squall/labs') },
])("records labs in $folder when XDG_STATE_HOME is '$xdg'", ({ xdg, folder }) => {
  process.env['XDG_STATE_HOME'] = xdg
  expect(labsFolder()).toBe(folder)
})

it('knows a folder whichever way it is written', async () => {
  const link = path.join(scratch, 'link')
  symlinkSync(scratch, link)
  const id = await labIdOf(scratch)
  expect(id).toMatch(/^[0-9a-f]{12}$/)
  expect(await labIdOf(link)).toBe(id)
  expect(await labIdOf(path.relative(process.cwd(), scratch))).toBe(id)
  expect(await labIdOf(os.tmpdir())).not.toBe(id)
})
