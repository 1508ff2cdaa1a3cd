import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { InterruptRun, type JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { globalControls, loadExperiment, startRun, waveThrough } from '../src/index.ts'
import { scratchFolder } from './scratch-folder.ts'
import { type Deeds, toyControl, toyControls } from './toy-controls.ts'
import { toyDriver } from './toy-driver.ts'
import { experimentOf, take } from './toy-experiment.ts'
import { VirtualClock } from './virtual-clock.ts'

const folder = await scratchFolder()

async function fileOf(name: string, content: unknown): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const glob = { provider: { type: 'toys', control: 'trace' } }

/** Loads and runs an experiment with global controls around both. */
async function loadAndRun(
  parts: JsonObject,
  sources: { settings?: JsonObject; files?: readonly string[]; deeds?: Deeds },
) {
  const toys = toyControls()
  toys.control('it', sources.deeds ?? {})
  const { driver, trace } = toyDriver()
  const drivers = [driver, toys.driver]
  const clock = new VirtualClock()
  const { settings = {}, files = [] } = sources
  const controls = await globalControls({ drivers, directory: folder, settings, files, clock })
  const source = await fileOf('experiment.json', experimentOf(parts))
  const from = controls ? { controls } : {}
  const loaded = await loadExperiment(source, { fetch, workingDirectory: folder, ...from })
  const options = { drivers, settings, clock, eventLog: false, environment: {}, ...from } as const
  const finished = await clock.passUntil(startRun(waveThrough(loaded.raw), options).finished)
  return { ...finished, calls: toys.calls, trace, source }
}

describe('global controls', () => {
  it('act around the loading too, before they are configured', async () => {
    const { calls, source } = await loadAndRun({ method: [take('a')] }, { settings: { controls: { glob } } })
    expect(calls.slice(0, 4)).toEqual([
      `glob before-loader ${source}`,
      `glob after-loader ${source} undefined`,
      'glob configure A toy',
      'glob before-experiment A toy',
    ])
    expect(calls.at(-1)).toBe('glob cleanup')
  })

  it('come from settings, then from files in their order; a file replaces one of the same name', async () => {
    const named = (tag: string): JsonObject => ({ provider: { ...glob.provider, arguments: { tag } } })
    const files = [
      await fileOf('one.json', { a: named('a1'), b: named('b1') }),
      await fileOf('two.yaml', 'b: {provider: {type: toys, control: trace, arguments: {tag: b2}}}'),
    ]
    const { calls } = await loadAndRun(
      {},
      { settings: { controls: { s: named('s'), a: named('a0') } }, files },
    )
    expect(calls.filter((call) => call.includes('configure')).map((call) => call.split(' ')[0])).toEqual([
      's',
      'a1',
      'b2',
    ])
  })

  it('change what was read, and that is what runs', async () => {
    const deeds: Deeds = {
      'after-loader': ({ state }) => {
        const experiment = state?.value as JsonObject
        ;(experiment['method'] as JsonObject[]).push(take('added'))
      },
    }
    const { journal, trace } = await loadAndRun(
      { method: [take('a')] },
      { settings: { controls: { it: toyControl('it') } }, deeds },
    )
    expect(trace).toContain('end added')
    expect(journal.experiment['method']).toHaveLength(2)
  })

  it('one that fails while loading is told in the run', async () => {
    const deeds: Deeds = {
      'before-loader': () => {
        throw new Error('not today')
      },
    }
    const { journal } = await loadAndRun({}, { settings: { controls: { it: toyControl('it') } }, deeds })
    expect(journal['control-failures']).toEqual([
      { control: 'it', hook: 'before-loader', reason: 'not today', times: 1 },
    ])
  })

  it('one that asks for the end while loading ends that, once the hooks after it were called', async () => {
    const called: unknown[] = []
    const deeds: Deeds = {
      'before-loader': () => {
        throw new InterruptRun('no experiments today')
      },
      'after-loader': ({ state }) => void called.push(state?.value),
    }
    await expect(
      loadAndRun({}, { settings: { controls: { it: toyControl('it') } }, deeds }),
    ).rejects.toMatchObject({
      code: 'SQUALL_CONTROL_INTERRUPTED',
    })
    expect(called).toEqual([null])
  })

  it('hooks after the loading are called with null where nothing could be read', async () => {
    const toys = toyControls()
    const settings = { controls: { glob } }
    const controls = await globalControls({ drivers: [toys.driver], directory: folder, settings })
    const options = { fetch, workingDirectory: folder, ...(controls ? { controls } : {}) }
    await expect(loadExperiment('missing.json', options)).rejects.toMatchObject({
      code: 'SQUALL_SOURCE_MISSING',
    })
    expect(toys.calls).toEqual(['glob before-loader missing.json', 'glob after-loader missing.json null'])
  })

  it('there are none without any', async () => {
    expect(await globalControls({ drivers: [], directory: folder, settings: { other: 1 } })).toBeUndefined()
  })
})

describe('a control file that cannot be used', () => {
  it.each([
    {
      what: 'is not there',
      name: 'nowhere.json',
      content: undefined,
      says: 'there is no such file',
      code: 'SQUALL_USAGE',
    },
    {
      what: 'has another extension',
      name: 'c.txt',
      content: '{}',
      says: 'has no extension .json, .yaml or .yml',
    },
    {
      what: 'is no JSON',
      name: 'c.json',
      content: '{"a": 1,\n  b}',
      says: "c.json:2:3' cannot be used: this is not JSON",
    },
    {
      what: 'is no YAML',
      name: 'c.yml',
      content: 'a: [',
      says: "c.yml:1:5' cannot be used: this is not YAML",
    },
    { what: 'is a list', name: 'l.json', content: '[]', says: 'holds no object' },
    {
      what: 'has a control without a provider',
      name: 'p.yaml',
      content: 'a: {}',
      says: "declares 'a' without a provider",
    },
  ])('$what', async ({ name, content, says, code = 'SQUALL_CONTROL_FILE' }) => {
    const file = content === undefined ? path.join(folder, name) : await fileOf(name, content)
    await expect(globalControls({ drivers: [], directory: folder, files: [file] })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(says),
    })
  })

  it('an empty one declares nothing', async () => {
    const files = [await fileOf('empty.yaml', '')]
    expect(await globalControls({ drivers: [], directory: folder, files })).toBeUndefined()
  })
})
