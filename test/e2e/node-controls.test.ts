import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { experiment, type Project, project, shell } from './squall.ts'

const control = (module: string, args: object = {}, more: object = {}) => ({
  name: `control of ${module}`,
  provider: { type: 'node', module, arguments: args },
  ...more,
})

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

async function linesIn({ folder }: Project): Promise<string[]> {
  return (await readFile(path.join(folder, 'trace'), 'utf8')).trimEnd().split('\n')
}

const tracing = `
  import { appendFileSync } from 'node:fs'
  interface Call { arguments: { who: string }, state?: { status?: string }, configuration: { place: string } }
  const say = (line: string): void => appendFileSync('trace', line + '\\n')
  export const configure = ({ who }: Call['arguments'], { experiment }: { experiment: { title: string } }) => say('configure ' + who + ' for ' + experiment.title)
  export const beforeMethod = ({ title }: { title: string }) => say('method of ' + title)
  export async function beforeActivity({ name }: { name: string }, { arguments: { who }, configuration }: Call) {
    say('before ' + name + ' by ' + who + ' in ' + configuration.place)
  }
  export const after_activity_control = ({ name }: { name: string }, { state }: Call) => say('after ' + name + ': ' + state?.status)
  export const cleanup = () => say('cleanup')
`

it('a TypeScript module is a control, in both spellings of its hooks', async () => {
  await using dir = await project({
    'control.ts': tracing,
    'e.json': experiment({
      configuration: { place: 'here' },
      controls: [control('./control.ts', { who: 'me at ${place}' })],
      method: [shell('one', 'true')],
    }),
  })
  expect(await dir.squall(['run', 'e.json'])).toMatchObject({ exitCode: 0 })
  expect(await linesIn(dir)).toEqual([
    'configure me at ${place} for An experiment',
    'method of An experiment',
    'before one by me at here in here',
    'after one: succeeded',
    'cleanup',
  ])
})

it('a TypeScript module receives notifications', async () => {
  await using dir = await project({
    'tell.ts': `
      import { appendFileSync } from 'node:fs'
      export const tell = ({ file }: { file: string }, { name, phase }: { name: string; phase: string }): void =>
        appendFileSync(file, phase + ' ' + name + '\\n')
    `,
    'e.json': experiment({ method: [shell('one', 'true')] }),
  })
  const channel = { type: 'node', module: path.join(dir.folder, 'tell.ts'), func: 'tell', file: 'trace' }
  await writeFile(path.join(dir.folder, 'settings.yaml'), JSON.stringify({ notifications: [channel] }))
  expect(await dir.squall(['--settings', 'settings.yaml', 'run', 'e.json'])).toMatchObject({ exitCode: 0 })
  expect(await linesIn(dir)).toEqual(['run run-started', 'run run-completed'])
})

const changing = `
  export function beforeActivity(activity, { skip, experiment, configuration }) {
    if (activity.name === 'skipped') skip({ instead: true })
    if (activity.name === 'changed') activity.provider.arguments = ['-c', 'printf changed']
    configuration.place = 'there'
  }
  export function afterExperiment(experiment, { state }) {
    state.seen = true
  }
`

it('a hook changes what it is called with, and skips activities', async () => {
  await using dir = await project({
    'control.mjs': changing,
    'e.json': experiment({
      configuration: { place: 'here' },
      controls: [control('./control.mjs')],
      method: [
        shell('skipped', 'touch skipped'),
        shell('changed', 'touch changed'),
        {
          type: 'probe',
          name: 'place',
          provider: { type: 'process', path: 'printf', arguments: ['%s', '${place}'] },
        },
      ],
    }),
  })
  expect(await dir.squall(['run', 'e.json'])).toMatchObject({ exitCode: 0 })
  const { run, seen } = await journalOf(dir)
  expect(run[0]).toMatchObject({ status: 'succeeded', output: { instead: true } })
  expect([run[1].output.stdout, run[2].output.stdout, seen]).toEqual(['changed', 'there', true])
})

it('a hook ends the run, and other errors of hooks do not', async () => {
  await using dir = await project({
    'control.cjs': `
      exports.beforeActivity = ({ name }, { interrupt }) => {
        if (name === 'two') interrupt('two is too much')
        throw new Error('nobody minds')
      }`,
    'e.json': experiment({
      controls: [control('./control.cjs')],
      method: [shell('one', 'true'), shell('two', 'touch two')],
    }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'e.json'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('two is too much')
  expect(await journalOf(dir)).toMatchObject({ status: 'interrupted', run: [{ status: 'succeeded' }] })
})

it('a control whose module is missing does nothing', async () => {
  await using dir = await project({
    'e.json': experiment({ controls: [control('./gone.js')], method: [shell('one', 'true')] }),
  })
  expect(await dir.squall(['run', 'e.json', '--event-log', 'log'])).toMatchObject({ exitCode: 0 })
  const log = await readFile(path.join(dir.folder, 'log/000001.log'), 'utf8')
  expect(log).toContain("There is no file './gone.js'")
})
