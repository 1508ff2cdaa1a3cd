import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { startRegistry } from '../packages/local-registry.ts'
import { Conversation, squallLine } from './conversation.ts'
import { project } from './squall.ts'
import { dependsOn, fullManifest, toyManifest, toyPackage } from './toy-packages.ts'

const knock = {
  kind: 'action',
  summary: 'Knocks.',
  args: {
    type: 'object',
    properties: {
      door: { type: 'string' },
      times: { type: 'integer', default: 1 },
      hard: { type: 'boolean' },
    },
    required: ['door'],
  },
  result: { type: 'array' },
  changes: true,
}
const doors = { name: 'doors', activities: { knock } }

/** A driver that looks into packages of another ecosystem: here, one called `snake`. */
const discoverer = `export default {
  name: 'snakes', contract: 1, summary: 'A toy.',
  discoverer: {
    summary: 'Looks for snakes.',
    async discover(target, wish, { options, log }) {
      log.info('looking')
      if (target === 'snake-broken') throw new Error('it does not export discover()')
      if (target !== 'snake') return undefined
      return {
        chaoslib_version: '1', id: 'x', target, date: 'd', platform: {}, system: wish.system ? { found: true } : null,
        extension: { name: 'snake', version: String(options.interpreter) }, activities: [],
      }
    },
    async list() {
      return [{ name: 'snake', version: '2.0', license: 'MIT', description: 'Chaos Toolkit Extension for snakes' }]
    },
  },
}`
const snakes = {
  'package.json': dependsOn('squall-snakes'),
  ...toyPackage('squall-snakes', discoverer, { name: 'snakes', discoverer: 'Looks for snakes.' }),
}

async function written(folder: string, file = 'discovery.json') {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8'))
}

describe('squall discover', () => {
  it.each(['squall-doors', 'doors', './node_modules/squall-doors'])(
    'writes down what the driver %s offers, without running it',
    async (target) => {
      await using dir = await project({
        'package.json': dependsOn('squall-doors'),
        ...toyPackage('squall-doors', 'throw new Error("imported")', doors),
      })
      const { exitCode, stderr } = await dir.squall(['discover', target])
      expect(stderr).toBe('✓ squall-doors 1.2.3 offers 1 activity: ./discovery.json')
      expect(exitCode).toBe(0)
      expect(await written(dir.folder)).toMatchObject({
        chaoslib_version: expect.any(String),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        target,
        date: expect.stringMatching(/^\d{4}-.+Z$/),
        platform: { system: os.type(), node: os.hostname() },
        extension: { name: 'squall-doors', version: '1.2.3' },
        activities: [
          {
            type: 'action',
            name: 'knock',
            mod: 'squall-doors',
            doc: 'Knocks.',
            arguments: [
              { name: 'door', type: 'string' },
              { name: 'times', type: 'integer', default: 1 },
              { name: 'hard', type: 'boolean', default: null },
            ],
            return_type: 'list',
            provider: { type: 'doors', func: 'knock' },
          },
        ],
        system: null,
      })
    },
  )

  it('asks drivers that look into other ecosystems, with the interpreter that was named', async () => {
    await using dir = await project({
      ...snakes,
      's.yaml': 'drivers: {options: {snakes: {interpreter: py}}}',
    })
    const words = ['--settings', 's.yaml', 'discover', 'snake', '--discovery-path', 'out/d.json']
    const { exitCode, stderr } = await dir.squall(words)
    expect(stderr).toContain('looking')
    expect(exitCode).toBe(0)
    expect(await written(dir.folder, 'out/d.json')).toMatchObject({
      extension: { version: 'py' },
      system: { found: true },
    })
    const without = await dir.squall(['discover', 'snake', '--no-system-info', '--discovery-path', '-'])
    expect(JSON.parse(without.stdout).system).toBeNull()
  })

  it.each([
    { target: 'chaostoolkit-nothing', says: 'pip install chaostoolkit-nothing' },
    { target: 'squall-nothing', says: 'npm install --save-dev squall-nothing' },
    { target: 'snake-broken', says: 'it does not export discover()' },
  ])(
    'tells that $target cannot be looked into, installs nothing and exits as the reference',
    async ({ target, says }) => {
      await using dir = await project(snakes)
      const { exitCode, stderr } = await dir.squall(['discover', target, '--no-install'])
      expect(stderr).toContain(says)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(exitCode).toBe(0)
      await expect(written(dir.folder)).rejects.toThrow('ENOENT')
      expect((await dir.squall(['discover', target, '--strict'])).exitCode).toBe(1)
    },
  )

  it('installs a package with npm when told to', async () => {
    const away = await mkdtemp(path.join(os.tmpdir(), 'squall-away-'))
    try {
      const manifest = toyManifest('squall-doors')
      await writeFile(path.join(away, 'package.json'), JSON.stringify(manifest))
      await writeFile(path.join(away, 'index.js'), '')
      await writeFile(path.join(away, 'squall.json'), JSON.stringify(fullManifest(doors)))
      await using registry = await startRegistry([], [{ manifest, folder: away }])
      await using dir = await project({ 'package.json': dependsOn() })
      const env = { npm_config_registry: registry.url, npm_config_cache: path.join(dir.home, 'npm') }
      const options = { env, timeout: 120_000 }
      const refused = await dir.squall(['discover', 'squall-doors', '--strict'], options)
      expect(refused.exitCode).toBe(1)
      const { exitCode } = await dir.squall(['discover', 'squall-doors', '--install', '--strict'], options)
      expect(exitCode).toBe(0)
      expect((await written(dir.folder)).extension).toEqual({ name: 'squall-doors', version: '1.2.3' })
      const { devDependencies } = await written(dir.folder, 'package.json')
      expect(devDependencies).toHaveProperty('squall-doors')
    } finally {
      await rm(away, { recursive: true, force: true })
    }
  }, 120_000)
})

describe('squall discover, of a Chaos Toolkit extension', () => {
  const python = {
    'lib/chaostoolkit_lamps-1.2.3.dist-info/METADATA':
      'Metadata-Version: 2.1\nName: chaostoolkit-lamps\nVersion: 1.2.3\nSummary: Chaos Toolkit Extension for lamps\n',
    'lib/chaostoolkit_lamps-1.2.3.dist-info/top_level.txt': 'chaoslamps\n',
    'lib/chaoslamps/__init__.py': `
from chaoslib.discovery.discover import discover_probes, initialize_discovery_result
def discover(discover_system=True):
    found = initialize_discovery_result("chaostoolkit-lamps", "1.2.3", "lamps")
    found["activities"].extend(discover_probes("chaoslamps.probes"))
    return found
`,
    'lib/chaoslamps/probes.py': `
__all__ = ["is_lit"]
def is_lit(lamp: str = "hall") -> bool:
    "Whether a lamp is lit."
    return lamp == "hall"
`,
  }

  it('asks its own discover function through the Python driver, and init offers what it found', async () => {
    await using dir = await project(python)
    const options = { env: { PYTHONPATH: path.join(dir.folder, 'lib') } }
    const listed = await dir.squall(['info', 'extensions'], options)
    expect(listed.stdout).toMatch(/^chaostoolkit-lamps +1\.2\.3 /m)
    const { exitCode, stderr } = await dir.squall(['discover', 'chaostoolkit-lamps', '--strict'], options)
    expect(stderr).toContain('chaostoolkit-lamps 1.2.3 offers 1 activity: ./discovery.json')
    expect(exitCode).toBe(0)
    expect((await written(dir.folder)).activities).toMatchObject([
      {
        type: 'probe',
        name: 'is_lit',
        mod: 'chaoslamps.probes',
        arguments: [{ name: 'lamp', default: 'hall', type: 'string' }],
      },
    ])
    await using init = new Conversation(
      `PYTHONPATH=lib ${squallLine('init', '--title', 'T', '--description', 'D')}`,
      dir,
    )
    await init.answer('Say what the steady state is?', 'y')
    await init.answer('Which state must hold', 'Lit\r')
    await init.answer('Add a probe?', '\r')
    await init.answer('What shows that all is well?', 'is_lit')
    await init.answer('(1 match)', '\r')
    await init.answer('Set more?', '\r')
    await init.answer('Name it', '\r')
    await init.answer('What must it answer?', '\r')
    await init.answer('◆  Value', 'true\r')
    await init.answer('Add another probe?', '\r')
    await init.answer('Add an activity?', 'n')
    await init.answer('Are there steps', '\r')
    await init.sees('is written')
    expect(await init.end()).toBe(0)
    const run = await dir.squall(['run', 'experiment.json', '--strict'], options)
    expect(run.exitCode).toBe(0)
  }, 120_000)
})

it('tells the channels of the settings about discoveries and new experiments', async () => {
  const tell = `import { appendFileSync } from 'node:fs'
export const notify = (channel, event) => appendFileSync('told', JSON.stringify([event.name, event.phase]) + '\\n')`
  await using dir = await project({
    'package.json': dependsOn('squall-channel'),
    ...toyPackage(
      'squall-channel',
      `${tell}
export default { name: 'channel', contract: 1, summary: 'A toy.', notifiers: { channel: { summary: 'Writes.', notify: async (c, e) => notify(c, e) } } }`,
      { name: 'channel', notifiers: { channel: 'Writes.' } },
    ),
    's.yaml': 'notifications: [{type: driver, driver: channel}]',
  })
  await dir.squall(['--settings', 's.yaml', 'discover', 'ports'])
  await dir.squall(['--settings', 's.yaml', 'discover', 'squall-nothing'])
  await dir.squall(['--settings', 's.yaml', 'init'])
  const told = await readFile(path.join(dir.folder, 'told'), 'utf8')
  expect(
    told
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    ['discovery-started', 'discovery'],
    ['discovery-completed', 'discovery'],
    ['discovery-started', 'discovery'],
    ['discovery-failed', 'discovery'],
    ['init-started', 'init'],
    ['init-completed', 'init'],
  ])
})

it('squall info extensions lists what those drivers find', async () => {
  await using dir = await project(snakes)
  const { stdout, exitCode } = await dir.squall(['info', 'extensions'])
  expect(stdout.split('\n').at(-1)?.split(/ {2,}/)).toEqual(['snake', '2.0', 'MIT', 'snakes'])
  expect(exitCode).toBe(0)
})
