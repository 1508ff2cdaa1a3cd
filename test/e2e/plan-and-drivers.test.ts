import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { here } from '../requirements.ts'
import { experiment, project, shell, squallFile } from './squall.ts'

it('plans what would be touched and how it is undone, and touches nothing', async () => {
  await using dir = await project({
    'experiment.json': experiment({
      method: [
        {
          type: 'probe',
          name: 'who listens',
          provider: { type: 'ports', func: 'who_listens', arguments: { port: 1 } },
        },
        {
          type: 'action',
          name: 'freeze it',
          provider: { type: 'ports', func: 'pause', arguments: { pid: process.pid } },
        },
        { ...shell('touch a file', 'touch touched'), background: true },
      ],
    }),
  })
  const { stdout, exitCode } = await dir.squall(['plan', 'experiment.json', '--json'])
  const { activities } = JSON.parse(stdout)
  expect(exitCode).toBe(0)
  expect(activities[0]).toEqual({
    list: 'method',
    name: 'who listens',
    type: 'probe',
    background: false,
    by: '@squall/driver-ports who_listens',
  })
  expect(activities[1].undo).toBe('undone by resume')
  expect(activities[2]).toMatchObject({
    background: true,
    targets: [expect.stringContaining('touch touched')],
  })
  await expect(readFile(path.join(dir.folder, 'touched'))).rejects.toThrow('ENOENT')
})

it('lists drivers from their manifests, without importing one of them', async () => {
  await using dir = await project({
    'package.json': { name: 'p', dependencies: { 'driver-of-mine': '1.0.0' } },
    'node_modules/driver-of-mine/package.json': {
      name: 'driver-of-mine',
      version: '1.0.0',
      squall: { contract: 1, driver: './throws.js', manifest: './squall.json' },
    },
    'node_modules/driver-of-mine/throws.js': 'throw new Error("imported")',
    'node_modules/driver-of-mine/squall.json': {
      contract: 1,
      name: 'mine',
      summary: 'Mine.',
      providers: { mine: { summary: 'Mine.', schema: {} } },
      activities: { poke: { kind: 'action', summary: 'Pokes.', args: {}, changes: true } },
      undo: {},
      aliases: [],
    },
  })
  const { stdout, exitCode } = await dir.squall(['drivers'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(
    /driver-of-mine 1\.0\.0 {2}Mine\.\n {2}action {2}mine\.poke {2}no undo {2}Pokes\.(\n|$)/,
  )
  expect(stdout).toContain('ports.kill_services')
})

it('answers --version and --help without loading anything of the command', async () => {
  const version = await execa(process.execPath, [squallFile, '--version'])
  const { version: expected } = JSON.parse(
    await readFile(path.join(here, '../packages/squall/package.json'), 'utf8'),
  )
  expect(version.stdout).toBe(`squall, version ${expected}`)
  const short = await execa(process.execPath, [squallFile, '--help'])
  const long = await execa(process.execPath, [squallFile, '--verbose', '--help'])
  expect(short.stdout).toBe(long.stdout)
})
