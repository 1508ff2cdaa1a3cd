import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Conversation, keys, squallLine } from './conversation.ts'
import { type Project, project } from './squall.ts'
import { dependsOn, toyPackage } from './toy-packages.ts'

const { enter, down, space, back } = keys
const talk = (dir: Project, ...words: string[]) => new Conversation(squallLine('init', ...words), dir)

async function written(dir: Project, file = 'experiment.json') {
  return JSON.parse(await readFile(path.join(dir.folder, file), 'utf8'))
}

/** Finds one of a long list by typing. */
async function pick(init: Conversation, question: string, search: string): Promise<void> {
  await init.answer(question, search)
  await init.answer('(1 match)', enter)
}

const knock = {
  kind: 'action',
  summary: 'Knocks on a door.',
  args: {
    type: 'object',
    properties: {
      door: { type: 'string', enum: ['front', 'back'] },
      times: { type: 'integer', default: 1 },
      hard: { type: 'boolean', default: false },
    },
    required: ['door'],
  },
  changes: true,
}
const code = `
const anything = { '~standard': { version: 1, vendor: 'toy', validate: (value) => ({ value }), jsonSchema: { input: () => ({}), output: () => ({}) } } }
export default {
  name: 'doors', contract: 1, summary: 'A toy.',
  activities: { knock: { kind: 'action', summary: 'Knocks.', args: anything, targets: async () => [], run: async () => null } },
}`
const doors = {
  'package.json': dependsOn('squall-doors'),
  ...toyPackage('squall-doors', code, {
    name: 'doors',
    providers: { doors: { summary: 'A toy.', schema: {} } },
    activities: { knock },
  }),
}

describe('squall init, asking', () => {
  it('asks for a whole experiment, which is valid', async () => {
    await using dir = await project(doors)
    await dir.squall(['discover', 'doors'])
    await using init = talk(dir)
    await init.answer('What is the experiment called?', enter)
    await init.answer('It has a title.', `The port stays${enter}`)
    await init.answer('What do you expect to happen?', enter)
    await init.answer('Say what the steady state is?', enter)
    await init.answer('Which state must hold', `All is well${enter}`)
    await init.answer('Add a probe?', enter)
    await pick(init, 'What shows that all is well?', 'ports.is_listening')
    await init.answer('◆  port', `many${enter}`)
    await init.answer('It takes a whole number.', `${back.repeat(4)}8080${enter}`)
    await init.answer('Name it', enter)
    await init.answer('What must it answer?', enter)
    await init.answer('◆  Value', `false${enter}`)
    await init.answer('Add another probe?', enter)
    await init.answer('Add an activity?', enter)
    await pick(init, 'What is done to the system', 'doors.knock')
    await init.answer('◆  door', `${down}${enter}`)
    await init.answer('Set more?', `${space}${enter}`)
    await init.answer('◆  times', `${back}3${enter}`)
    await init.answer('Name it', enter)
    await init.answer('Add another activity?', enter)
    await init.answer('Are there steps that put things back?', 'y')
    await init.answer('Add an action?', enter)
    await pick(init, 'What puts it back?', 'shell command')
    await init.answer('◆  path', `true${enter}`)
    await init.answer('Set more?', enter)
    await init.answer('Name it', `${back.repeat(60)}tidy up${enter}`)
    await init.answer('Add another action?', enter)
    await init.sees('./experiment.json is written. Next: squall run ./experiment.json')
    expect(await init.end()).toBe(0)
    expect(await written(dir)).toEqual({
      title: 'The port stays',
      description: 'N/A',
      tags: [],
      'steady-state-hypothesis': {
        title: 'All is well',
        probes: [
          {
            type: 'probe',
            name: expect.stringContaining('listens on a port'),
            tolerance: false,
            provider: { type: 'ports', func: 'is_listening', arguments: { port: 8080 } },
          },
        ],
      },
      method: [
        {
          type: 'action',
          name: 'Knocks on a door',
          provider: { type: 'doors', func: 'knock', arguments: { door: 'back', times: 3 } },
        },
      ],
      rollbacks: [{ type: 'action', name: 'tidy up', provider: { type: 'process', path: 'true' } }],
    })
    expect((await dir.squall(['validate', 'experiment.json'])).exitCode).toBe(0)
    expect((await dir.squall(['run', 'experiment.json'])).exitCode).toBe(0)
  }, 120_000)

  it('leaves out an activity that is wrong and says why, and writes YAML', async () => {
    await using dir = await project()
    const file = ['--experiment-path', 'out/mine.yaml', '--title', 'T', '--description', 'D']
    await using init = talk(dir, ...file)
    await init.answer('Say what the steady state is?', 'n')
    await init.answer('Add an activity?', enter)
    await pick(init, 'What is done to the system', 'shell command')
    await init.answer('Does it change something?', enter)
    await init.answer('◆  path', `no-such-program-anywhere${enter}`)
    await init.answer('Set more?', enter)
    await init.answer('Name it', enter)
    await init.sees('This is left out:')
    await init.answer('Add an activity?', 'n')
    await init.answer('Are there steps', enter)
    await init.sees('out/mine.yaml is written')
    expect(await init.end()).toBe(0)
    const text = await readFile(path.join(dir.folder, 'out/mine.yaml'), 'utf8')
    expect(text).toBe('title: T\ndescription: D\ntags: []\nmethod: []\n')
  }, 60_000)

  it('writes nothing when the person gives up', async () => {
    await using dir = await project()
    await using init = talk(dir)
    await init.answer('What is the experiment called?', keys.interrupt)
    await init.sees('Nothing was written.')
    expect(await init.end()).toBe(1)
    await expect(written(dir)).rejects.toThrow('ENOENT')
  })

  it('asks before it replaces a file', async () => {
    await using dir = await project({ 'experiment.json': { mine: true } })
    await using init = talk(dir)
    await init.answer('Replace ./experiment.json?', `n${enter}`)
    expect(await init.end()).toBe(1)
    expect(await written(dir)).toEqual({ mine: true })
  })
})

describe('squall init, for scripts', () => {
  it.each(['minimal', 'http', 'ports', 'process'])(
    'writes the template %s, which is valid',
    async (template) => {
      await using dir = await project()
      for (const file of ['e.json', 'e.yaml']) {
        const words = ['init', '--template', template, '--title', 'Mine', '--experiment-path', file]
        const { exitCode, stderr } = await dir.squall(words)
        expect(stderr).toContain(`${file} is written`)
        expect(exitCode).toBe(0)
        expect((await dir.squall(['validate', file])).exitCode).toBe(0)
      }
      expect((await written(dir, 'e.json')).title).toBe('Mine')
    },
  )

  it('asks nothing where nobody can answer', async () => {
    await using dir = await project()
    expect((await dir.squall(['init'])).exitCode).toBe(0)
    expect(await written(dir)).toEqual({ title: 'An experiment', description: 'N/A', tags: [], method: [] })
  })

  it('replaces a file only when told to', async () => {
    await using dir = await project({ 'experiment.json': { mine: true } })
    const { exitCode, stderr } = await dir.squall(['init', '--yes'])
    expect(stderr).toContain('./experiment.json is there already.')
    expect(exitCode).toBe(1)
    expect(await written(dir)).toEqual({ mine: true })
    expect((await dir.squall(['init', '--yes', '--force'])).exitCode).toBe(0)
    expect((await written(dir)).method).toEqual([])
  })

  it.each([
    { words: ['--template', 'nothing'], says: 'Allowed choices are minimal, http, ports, process' },
    { words: ['--experiment-path', 'x.txt'], says: 'An experiment is written as .json, .yaml or .yml.' },
  ])('refuses $words', async ({ words, says }) => {
    await using dir = await project()
    const { exitCode, stderr } = await dir.squall(['init', ...words])
    expect(stderr).toContain(says)
    expect(exitCode).toBe(2)
  })

  it('says what is wrong with a discovery file', async () => {
    await using dir = await project()
    await writeFile(path.join(dir.folder, 'discovery.json'), 'nonsense')
    await using init = talk(dir)
    await init.sees('it is no discovery file')
    expect(await init.end()).toBe(1)
  })
})
