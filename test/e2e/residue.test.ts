import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expectJournal } from '@squall/testkit'
import { expect, it } from 'vitest'
import { unfinished } from './lamps.ts'
import { experiment, type Project, project, shell } from './squall.ts'
import { startTarget, stateOf } from './targets.ts'

async function journalOf({ folder }: Pick<Project, 'folder'>, file = 'journal.json') {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'))
}

// A driver of somebody else: 'drop' makes a file, and 'sweep' claims to remove it.
const driver = `import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const anything = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }
const litter = path.join(process.cwd(), 'litter')

export default {
  name: 'litter',
  contract: 1,
  summary: 'Drops things.',
  activities: {
    drop: {
      kind: 'action',
      summary: 'Drops a thing.',
      args: anything,
      undoneBy: ['sweep'],
      targets: async ({ thing }) => [thing],
      run: async ({ thing }, { undo }) => {
        await undo('sweep', { thing })
        writeFileSync(path.join(litter, thing), '')
        return thing
      },
    },
  },
  undo: { sweep: { summary: 'Claims to pick it up.', args: anything, run: async () => 'undone' } },
  residue: async () => {
    if (existsSync(path.join(process.cwd(), 'blind'))) throw new Error('I see nothing')
    return readdirSync(litter).map((thing) => \`\${thing} lies around\`)
  },
}
`

const litterer = {
  'package.json': { name: 'p', dependencies: { 'driver-of-litter': '1.0.0' } },
  'node_modules/driver-of-litter/package.json': {
    name: 'driver-of-litter',
    version: '1.0.0',
    type: 'module',
    squall: { contract: 1, driver: './index.js', manifest: './squall.json' },
  },
  'node_modules/driver-of-litter/index.js': driver,
  'node_modules/driver-of-litter/squall.json': {
    contract: 1,
    name: 'litter',
    summary: 'Drops things.',
    providers: { litter: { summary: 'Drops things.', schema: {} } },
    activities: { drop: { kind: 'action', summary: 'Drops.', args: {}, changes: true, undoneBy: ['sweep'] } },
    undo: { sweep: { summary: 'Claims to pick it up.', args: {} } },
    aliases: [],
    residue: true,
  },
  'litter/old': '',
}

function drop(thing: string, more: object = {}): object {
  return {
    type: 'action',
    name: `drop ${thing}`,
    provider: { type: 'litter', func: 'drop', arguments: { thing } },
    ...more,
  }
}

function pause(pid: number, more: object = {}): object {
  return {
    type: 'action',
    name: 'pause',
    provider: { type: 'ports', func: 'pause', arguments: { pid } },
    ...more,
  }
}

it('tells what is there after the run and was not before, in journal and terminal, and exits with 0', async () => {
  await using dir = await project({ ...litterer, 'experiment.json': experiment({ method: [drop('can')] }) })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json'])
  expect(exitCode).toBe(0)
  expect(stderr).toContain('Left behind\n  ! can lies around (driver-of-litter)\n')
  const journal = await journalOf(dir)
  expectJournal(journal, {
    status: 'completed',
    activities: { 'drop can': 'succeeded' },
    undo: ['sweep: undone'],
    residue: ['can lies around'],
  })
  expect(journal.residue).toEqual([{ driver: 'driver-of-litter', found: 'can lies around' }])
})

it('exits with 1 for it when it is strict, and says why', async () => {
  await using dir = await project({ ...litterer, 'experiment.json': experiment({ method: [drop('can')] }) })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json', '--strict'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('Something was left behind, which --strict does not accept.\n')
  expectJournal(await journalOf(dir), { status: 'completed', residue: ['can lies around'] })
})

it.each([
  { name: 'there is nothing new', method: [shell('look', 'true')], more: {} },
  { name: 'it is kept on purpose', method: [drop('can', { keep: true })], more: {} },
  { name: 'it is gone at the end', method: [drop('can'), shell('tidy', 'rm litter/can')], more: {} },
  { name: 'nobody can tell', method: [drop('can')], more: { blind: '' } },
])('accepts a run as strict when $name', async ({ method, more }) => {
  await using dir = await project({ ...litterer, ...more, 'experiment.json': experiment({ method }) })
  const { exitCode } = await dir.squall(['run', 'experiment.json', '--strict'])
  expect(exitCode).toBe(0)
  expect(await journalOf(dir)).not.toHaveProperty('residue')
})

it('says that a driver cannot tell', async () => {
  await using dir = await project({
    ...litterer,
    blind: '',
    'experiment.json': experiment({ method: [drop('can')] }),
  })
  const { stderr } = await dir.squall(['run', 'experiment.json'])
  expect(stderr).toContain('driver-of-litter cannot tell what was left behind: I see nothing.')
})

it('counts as left behind what was dropped beside what is kept', async () => {
  await using dir = await project({
    ...litterer,
    'experiment.json': experiment({ method: [drop('can', { keep: true }), drop('bag')] }),
  })
  expect((await dir.squall(['run', 'experiment.json', '--strict'])).exitCode).toBe(1)
  expect((await journalOf(dir)).residue).toEqual([{ driver: 'driver-of-litter', found: 'bag lies around' }])
})

it('leaves a process paused that is to be kept so', async () => {
  await using target = await startTarget()
  await using dir = await project({
    'experiment.json': experiment({ method: [pause(target.pid, { keep: true })] }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json', '--strict'])
  expect(stateOf(target.pid)).toBe('T')
  expect(exitCode).toBe(0)
  expect(stderr).toContain("'pause' keeps its effect: nothing will undo it.")
  const journal = await journalOf(dir)
  expect(journal).not.toHaveProperty('residue')
  expect(journal).not.toHaveProperty('undo')
})

it('keeps two runs of one user apart that go on at once', async () => {
  await using one = await startTarget()
  await using two = await startTarget()
  // The second run ends while the first one still has its process paused.
  const untilFile = (name: string): object =>
    shell(`wait for ${name}`, `until test -f ${name}; do sleep 0.05; done`)
  await using dir = await project({
    'one.json': experiment({
      method: [pause(one.pid), shell('say', 'touch paused'), untilFile('two-ended')],
    }),
    'two.json': experiment({ method: [untilFile('paused'), pause(two.pid)] }),
  })
  const start = (name: string) =>
    dir.squall(['run', `${name}.json`, '--journal-path', `${name}-journal.json`, '--strict'])
  const first = start('one')
  const second = await start('two')
  expect([stateOf(one.pid), stateOf(two.pid)]).toEqual(['T', 'S'])
  expect(second.exitCode).toBe(0)
  await dir.squall(['recover', '--yes'])
  expect(stateOf(one.pid)).toBe('T')
  await writeFile(path.join(dir.folder, 'two-ended'), '')
  expect((await first).exitCode).toBe(0)
  expect([stateOf(one.pid), stateOf(two.pid)]).toEqual(['S', 'S'])
  for (const name of ['one', 'two']) {
    const journal = await journalOf(dir, `${name}-journal.json`)
    expectJournal(journal, { status: 'completed', residue: [] })
    expect(journal.undo.at(name === 'one' ? -1 : 0)).toMatchObject({ func: 'resume', status: 'undone' })
  }
  expect(unfinished(dir)).toEqual([])
})
