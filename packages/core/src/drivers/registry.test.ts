import type { Alias, Driver, DriverManifest } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { toyDriver } from '../../test/toy-driver.ts'
import type { DriverPackage } from './driver-package.ts'
import { DriverRegistry, driverObjects } from './registry.ts'

/** A package that is known by its manifest; loading it is counted. */
function packageOf(
  name: string,
  manifest: Partial<DriverManifest>,
  driver?: Partial<Driver>,
): DriverPackage & { loads: number } {
  const made = {
    name,
    version: '1.0.0',
    file: `/${name}/index.js`,
    folder: `/${name}`,
    loads: 0,
    manifest: {
      contract: 1,
      name,
      summary: '',
      providers: {},
      activities: {},
      undo: {},
      aliases: [],
      ...manifest,
    },
    load: async () => {
      made.loads += 1
      return { name, contract: 1, summary: '', ...driver } as Driver
    },
  }
  return made
}

const provides = (...types: string[]): Pick<DriverManifest, 'providers'> => ({
  providers: Object.fromEntries(types.map((type) => [type, { summary: '', schema: {} }])),
})

function registry(...others: DriverPackage[]): DriverRegistry {
  return new DriverRegistry([...driverObjects([toyDriver().driver]), ...others])
}

describe('resolve', () => {
  it('finds an activity of a driver', async () => {
    expect(await registry().resolve({ type: 'toy', func: 'take' })).toMatchObject({
      type: 'activity',
      name: 'take',
      from: { name: 'toy' },
    })
  })

  it('finds a provider type of its own', async () => {
    expect(await registry().resolve({ type: 'raw' })).toMatchObject({
      type: 'provider',
      from: { name: 'toy' },
    })
  })

  it('finds what stands in for a Python function', async () => {
    expect(await registry().resolve({ type: 'python', module: 'toys.actions', func: 'take' })).toMatchObject({
      type: 'activity',
      name: 'take',
    })
  })

  it('loads a driver only when it is needed, and once', async () => {
    const lamps = packageOf('lamps', provides('lamps'))
    const all = registry(lamps)
    await all.resolve({ type: 'toy', func: 'take' })
    expect(lamps.loads).toBe(0)
    await expect(all.resolve({ type: 'lamps', func: 'light' })).rejects.toThrow()
    await expect(all.resolve({ type: 'lamps', func: 'light' })).rejects.toThrow()
    expect(lamps.loads).toBe(1)
  })
})

describe('what cannot be found', () => {
  it.each([
    {
      name: 'a type that a known package provides',
      provider: { type: 'http' },
      error: {
        code: 'SQUALL_DRIVER_MISSING',
        message: "No installed driver provides 'http'.",
        hint: 'Install it with `npm install @squall/driver-http`.',
      },
    },
    {
      name: 'a type that nobody knows',
      provider: { type: 'chaos-mesh' },
      error: {
        code: 'SQUALL_DRIVER_MISSING',
        message: "No installed driver provides 'chaos-mesh'.",
        hint: 'Install a driver next to your experiment, then run `squall drivers`.',
      },
    },
    {
      name: 'a Python module that nobody stands in for',
      provider: { type: 'python', module: 'chaosk8s.pod.actions', func: 'terminate_pods' },
      error: {
        code: 'SQUALL_DRIVER_MISSING',
        hint: 'Install it with `npm install @squall/driver-python`.',
      },
    },
    {
      name: 'an activity with a similar name',
      provider: { type: 'toy', func: 'tkae' },
      error: {
        code: 'SQUALL_ACTIVITY_UNKNOWN',
        message: "'toy' has no activity 'tkae' (toy).",
        hint: "Did you mean 'take'? It offers answer, chance, context, large, take, refuse_to_stop, fail, say, harm.",
      },
    },
    {
      name: 'an activity with no similar name',
      provider: { type: 'toy', func: 'explode' },
      error: { hint: 'It offers answer, chance, context, large, take, refuse_to_stop, fail, say, harm.' },
    },
    {
      name: 'a function that is missing in a module somebody stands in for',
      provider: { type: 'python', module: 'toys.actions', func: 'takes' },
      error: {
        code: 'SQUALL_ACTIVITY_UNKNOWN',
        message: "'toys.actions' has no activity 'takes' (toy).",
        hint: "Did you mean 'take'? It offers take.",
      },
    },
  ])('$name', async ({ provider, error }) => {
    await expect(registry().resolve(provider)).rejects.toMatchObject(error)
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
    '%s, which every object inherits',
    async (name) => {
      await expect(registry().resolve({ type: name })).rejects.toMatchObject({
        code: 'SQUALL_DRIVER_MISSING',
        hint: 'Install a driver next to your experiment, then run `squall drivers`.',
      })
      await expect(registry().resolve({ type: 'toy', func: name })).rejects.toMatchObject({
        code: 'SQUALL_ACTIVITY_UNKNOWN',
      })
      await expect(
        registry().resolve({ type: 'python', module: 'toys.actions', func: name }),
      ).rejects.toMatchObject({
        code: 'SQUALL_ACTIVITY_UNKNOWN',
      })
      await expect(registry().resolve({ type: 'python', module: name, func: name })).rejects.toMatchObject({
        code: 'SQUALL_DRIVER_MISSING',
      })
      await expect(registry().undoFunction('toy', name)).rejects.toMatchObject({
        code: 'SQUALL_UNDO_UNKNOWN',
      })
    },
  )

  it('a driver whose code offers less than its manifest', async () => {
    const lamps = packageOf('lamps', provides('lamps'))
    await expect(registry(lamps).resolve({ type: 'lamps', func: 'light' })).rejects.toMatchObject({
      code: 'SQUALL_ACTIVITY_UNKNOWN',
    })
  })
})

describe('aliases', () => {
  const alias = (func: string, provider: string): Alias => ({
    provider: 'python',
    module: 'shared.module',
    functions: { [func]: { provider, func: 'take' } },
  })

  it('of one module may be shared by two packages', async () => {
    const all = registry(
      packageOf('first', { aliases: [alias('one', 'toy')] }),
      packageOf('second', { aliases: [alias('two', 'toy')] }),
    )
    expect(await all.resolve({ type: 'python', module: 'shared.module', func: 'two' })).toMatchObject({
      name: 'take',
    })
    await expect(all.resolve({ type: 'python', module: 'shared.module', func: 'six' })).rejects.toMatchObject(
      {
        hint: 'It offers one, two.',
      },
    )
  })

  it('are not asked where a driver provides the type itself', async () => {
    const python = packageOf('python', provides('python'), {
      providers: { python: { summary: 'real' } as never },
    })
    expect(
      await registry(python).resolve({ type: 'python', module: 'toys.actions', func: 'take' }),
    ).toMatchObject({
      type: 'provider',
      provider: { summary: 'real' },
    })
  })

  it.each([
    { offered: true, found: { type: 'provider', from: { name: 'python' } } },
    { offered: false, found: { type: 'activity', name: 'take', from: { name: 'toy' } } },
  ])('stand in only for what is not there: $offered', async ({ offered, found }) => {
    const asked: unknown[] = []
    const provider = {
      summary: 'real',
      canImport: async (...all: unknown[]) => {
        asked.push(all)
        return offered
      },
    } as never
    const python = packageOf('python', provides('python'), { providers: { python: provider } })
    const drivers = [...driverObjects([toyDriver().driver]), python]
    const all = new DriverRegistry(drivers, {}, { python: { interpreter: 'p' } })
    const wanted = { type: 'python', module: 'toys.actions', func: 'take' }
    expect(await all.resolve(wanted)).toMatchObject(found)
    expect(asked).toEqual([['toys.actions', { options: { interpreter: 'p' } }]])
    expect(all.packagesOf(wanted).map(({ name }) => name)).toEqual(['python', 'toy'])
    // Nobody stands in for this one, so nobody is asked.
    await all.resolve({ type: 'python', module: 'os', func: 'remove' })
    expect(asked).toHaveLength(1)
  })

  it('that lead nowhere, or to themselves, end in an error', async () => {
    const nowhere = packageOf('nowhere', { aliases: [alias('one', 'missing')] })
    await expect(
      registry(nowhere).resolve({ type: 'python', module: 'shared.module', func: 'one' }),
    ).rejects.toMatchObject({
      message: "No installed driver provides 'missing'.",
    })
    const circle = {
      provider: 'python',
      functions: { one: { provider: 'python', func: 'one' } },
    } as unknown as Alias
    await expect(
      registry(packageOf('circle', { aliases: [circle] })).resolve({ type: 'python', func: 'one' }),
    ).rejects.toMatchObject({
      code: 'SQUALL_DRIVER_MISSING',
    })
  })
})

describe('two packages for one type', () => {
  const drivers = [packageOf('lamps', provides('light')), packageOf('bulbs', provides('light', 'glow'))]

  it('are an error that names both with their paths', () => {
    expect(() => new DriverRegistry(drivers)).toThrow(
      expect.objectContaining({
        code: 'SQUALL_PROVIDER_CLASH',
        message: "Two packages provide 'light': bulbs (/bulbs) and lamps (/lamps).",
      }),
    )
  })

  it.each(['lamps', 'bulbs'])('are settled by choosing %s', (choice) => {
    const { types } = new DriverRegistry(drivers, { light: choice })
    expect(types.get('light')?.name).toBe(choice)
    expect(types.get('glow')?.name).toBe('bulbs')
  })

  it('are not settled by choosing a package that is not there', () => {
    expect(() => new DriverRegistry(drivers, { light: 'candles' })).toThrow(
      expect.objectContaining({ code: 'SQUALL_PROVIDER_CLASH' }),
    )
  })
})

it('lists drivers by name, whatever their order', () => {
  const names = (...given: DriverPackage[]) => new DriverRegistry(given).drivers.map(({ name }) => name)
  expect(names(packageOf('b', {}), packageOf('a', {}))).toEqual(['a', 'b'])
})

it('closes the drivers that were loaded, also when one of them cannot', async () => {
  const closed: string[] = []
  const closing = (name: string, close: () => Promise<void>) =>
    packageOf(name, provides(name), { providers: { [name]: { summary: '' } as never }, close })
  const all = registry(
    closing('lamps', async () => void closed.push('lamps')),
    closing('bulbs', () => Promise.reject(new Error('stuck'))),
    closing('candles', async () => void closed.push('candles')),
  )
  await all.resolve({ type: 'lamps' })
  await all.resolve({ type: 'bulbs' })
  await all.close()
  expect(closed).toEqual(['lamps'])
})

it('finds an undo function by its package', async () => {
  expect(await registry().undoFunction('toy', 'mend')).toMatchObject({ summary: 'Mends a thing.' })
  await expect(registry().undoFunction('lamps', 'mend')).rejects.toMatchObject({
    code: 'SQUALL_DRIVER_NOT_FOUND',
  })
})

describe('resolvers', () => {
  const resolver = { summary: 'reads', resolve: async () => 'it' }
  const reading = (name: string, code: Partial<Driver> = { resolvers: { store: resolver } }) =>
    packageOf(name, { resolvers: { store: 'reads' } }, code)

  it('are found by the name of their source, known ones also when nobody installed them', async () => {
    const all = new DriverRegistry([reading('one')])
    expect(await all.resolver('store')).toMatchObject({ resolver, from: { name: 'one' } })
    expect(['store', 'vault', 'env', 'constructor'].map((source) => all.isResolver(source))).toEqual([
      true,
      true,
      false,
      false,
    ])
    await expect(all.resolver('vault')).rejects.toMatchObject({
      code: 'SQUALL_DRIVER_MISSING',
      hint: 'Install it with `npm install @squall/driver-vault`.',
    })
  })

  it('of two packages are an error unless one is chosen', async () => {
    const both = [reading('one'), reading('two')]
    await expect(new DriverRegistry(both).resolver('store')).rejects.toMatchObject({
      code: 'SQUALL_PROVIDER_CLASH',
    })
    const chosen = new DriverRegistry(both, { store: 'two' })
    expect(await chosen.resolver('store')).toMatchObject({ from: { name: 'two' } })
  })

  it('that only the manifest has are an error', async () => {
    await expect(new DriverRegistry([reading('one', {})]).resolver('store')).rejects.toMatchObject({
      code: 'SQUALL_DRIVER_BROKEN',
    })
  })
})

describe('a module that a driver stands in for where it is missing', () => {
  const control = { summary: '', open: async () => ({ hooks: {} }) }
  const stand = { summary: 'Stands in.', open: async () => ({ hooks: {} }) }
  const raw = {
    summary: '',
    schema: {},
    validate: async () => [],
    run: async () => null,
    targets: async () => [],
  }
  const asked: unknown[] = []

  function withPython(isThere: boolean): DriverRegistry {
    const canImport = async (module: string, context: unknown): Promise<boolean> => {
      asked.push([module, context])
      return isThere
    }
    const python = { providers: { python: { ...raw, controls: control, canImport } } }
    const alias: Alias = {
      provider: 'python',
      module: 'chaosx.mod',
      functions: { one: { provider: 'toy', func: 'take' } },
      control: { driver: 'addons', control: 'stand' },
    }
    return new DriverRegistry(
      [
        packageOf('py', provides('python'), python),
        packageOf('addons', { aliases: [alias] }, { controls: { stand } }),
        ...driverObjects([toyDriver().driver]),
      ],
      {},
      { py: { interpreter: 'python3' } },
    )
  }

  const activity = { type: 'python', module: 'chaosx.mod', func: 'one' }

  it('is taken from its own ecosystem where that has it', async () => {
    const registry = withPython(true)
    expect((await registry.resolve(activity)).from.name).toBe('py')
    expect((await registry.resolveControl(activity)).control).toBe(control)
    expect(asked).toContainEqual(['chaosx.mod', { options: { interpreter: 'python3' } }])
  })

  it('is stood in for where it is missing', async () => {
    const registry = withPython(false)
    expect(await registry.resolve(activity)).toMatchObject({ type: 'activity', name: 'take' })
    expect((await registry.resolveControl(activity)).control).toBe(stand)
  })

  it('nobody is asked about modules that no driver stands in for', async () => {
    asked.length = 0
    const other = { ...activity, module: 'other' }
    const registry = withPython(false)
    expect((await registry.resolve(other)).from.name).toBe('py')
    expect((await registry.resolveControl(other)).control).toBe(control)
    expect(asked).toEqual([])
  })
})
