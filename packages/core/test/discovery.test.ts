import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { DriverRegistry, type FindDriversOptions, findDrivers } from '../src/index.ts'
import { driverAt, link, manifestOf, type Tree, writeTree } from './driver-tree.ts'
import { scratchFolder } from './scratch-folder.ts'

const scratch = await scratchFolder()
let count = 0
let root = ''
beforeEach(() => {
  count += 1
  root = path.join(scratch, `tree-${count}`)
})

type Places = {
  readonly from?: readonly string[]
  readonly commandFolder?: string
  readonly named?: readonly string[]
}

/** Finds drivers in the tree; answers with `NAME@VERSION FOLDER` of each. */
async function find({ from = ['project'], commandFolder, named }: Places = {}): Promise<string[]> {
  const options: FindDriversOptions = {
    from: from.map((folder) => path.join(root, folder)),
    ...(commandFolder === undefined ? {} : { commandFolder: path.join(root, commandFolder) }),
    ...(named === undefined ? {} : { named }),
  }
  const drivers = await findDrivers(options)
  return drivers.map(({ name, version, folder }) => `${name}@${version} ${path.relative(root, folder)}`)
}

function projectWith(dependencies: Record<string, unknown>): Tree {
  return { 'project/package.json': { name: 'project', ...dependencies } }
}

describe('direct dependencies', () => {
  it.each(['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'])(
    'of the kind %s',
    async (kind) => {
      await writeTree(root, {
        ...projectWith({ [kind]: { 'driver-a': '1' } }),
        ...driverAt('project/node_modules/driver-a', { name: 'driver-a' }),
      })
      expect(await find()).toEqual(['driver-a@1.0.0 project/node_modules/driver-a'])
    },
  )

  it('with a scope', async () => {
    await writeTree(root, {
      ...projectWith({ dependencies: { '@lamps/driver': '1' } }),
      ...driverAt('project/node_modules/@lamps/driver', { name: '@lamps/driver' }),
    })
    expect(await find()).toEqual(['@lamps/driver@1.0.0 project/node_modules/@lamps/driver'])
  })

  it('nothing is loaded because it happens to lie in node_modules', async () => {
    await writeTree(root, {
      ...projectWith({ dependencies: { library: '1' } }),
      'project/node_modules/library/package.json': {
        name: 'library',
        dependencies: { 'driver-of-library': '1' },
      },
      ...driverAt('project/node_modules/driver-of-library', { name: 'driver-of-library' }),
      ...driverAt('project/node_modules/left-behind', { name: 'left-behind' }),
    })
    expect(await find()).toEqual([])
  })

  it('that are no drivers, or not installed, are nothing', async () => {
    await writeTree(root, {
      ...projectWith({
        dependencies: { library: '1', missing: '1', odd: '1', broken: '1' },
        devDependencies: ['a list'],
      }),
      'project/node_modules/library/package.json': { name: 'library', version: '1.0.0' },
      'project/node_modules/odd/package.json': { name: 'odd', squall: 'a word' },
      'project/node_modules/broken/package.json': '{"name": ',
    })
    expect(await find()).toEqual([])
  })

  it('that lead nowhere are nothing', async () => {
    await writeTree(root, projectWith({ dependencies: { 'driver-a': '1' } }))
    await link(root, 'project/node_modules/driver-a', 'project/node_modules/driver-a')
    expect(await find()).toEqual([])
  })

  it('of a package.json that is not JSON are none', async () => {
    await writeTree(root, { 'project/package.json': '// mine' })
    expect(await find()).toEqual([])
  })
})

describe('package managers', () => {
  it('npm keeps packages in node_modules, deeper ones where versions differ', async () => {
    await writeTree(root, {
      ...projectWith({ workspaces: ['packages/*'], dependencies: { 'driver-a': '1' } }),
      'project/packages/app/package.json': {
        name: 'app',
        dependencies: { 'driver-a': '2', 'driver-b': '1' },
      },
      ...driverAt('project/node_modules/driver-a', { name: 'driver-a', version: '1.0.0' }),
      ...driverAt('project/node_modules/driver-b', { name: 'driver-b' }),
      ...driverAt('project/packages/app/node_modules/driver-a', { name: 'driver-a', version: '2.0.0' }),
    })
    expect(await find({ from: ['project/packages/app'] })).toEqual([
      'driver-a@2.0.0 project/packages/app/node_modules/driver-a',
      'driver-b@1.0.0 project/node_modules/driver-b',
    ])
  })

  it('pnpm keeps them in a store and links the direct ones', async () => {
    const store = 'project/node_modules/.pnpm'
    await writeTree(root, {
      ...projectWith({ dependencies: { 'driver-a': '1' } }),
      ...driverAt(`${store}/driver-a@1.0.0/node_modules/driver-a`, { name: 'driver-a' }),
      ...driverAt(`${store}/driver-deep@1.0.0/node_modules/driver-deep`, { name: 'driver-deep' }),
    })
    await link(root, 'project/node_modules/driver-a', `${store}/driver-a@1.0.0/node_modules/driver-a`)
    await link(
      root,
      `${store}/node_modules/driver-deep`,
      `${store}/driver-deep@1.0.0/node_modules/driver-deep`,
    )
    expect(await find()).toEqual(['driver-a@1.0.0 project/node_modules/driver-a'])
  })

  it("pnpm's store also serves a command that lies in it", async () => {
    const store = 'project/node_modules/.pnpm'
    await writeTree(root, {
      [`${store}/squall@1.0.0/node_modules/squall/package.json`]: {
        name: 'squall',
        dependencies: { 'driver-a': '1' },
      },
      ...driverAt(`${store}/driver-a@1.0.0/node_modules/driver-a`, { name: 'driver-a' }),
    })
    await link(
      root,
      `${store}/squall@1.0.0/node_modules/driver-a`,
      `${store}/driver-a@1.0.0/node_modules/driver-a`,
    )
    await link(root, 'project/node_modules/squall', `${store}/squall@1.0.0/node_modules/squall`)
    expect(await find({ from: [], commandFolder: 'project/node_modules/squall' })).toEqual([
      `driver-a@1.0.0 ${store}/squall@1.0.0/node_modules/driver-a`,
    ])
  })

  it("yarn's node_modules linker hoists those of a workspace to its root", async () => {
    await writeTree(root, {
      'project/package.json': { name: 'root', workspaces: ['apps/*'] },
      'project/.yarnrc.yml': 'nodeLinker: node-modules\n',
      'project/apps/one/package.json': { name: 'one', devDependencies: { 'driver-a': '1' } },
      ...driverAt('project/node_modules/driver-a', { name: 'driver-a' }),
    })
    expect(await find({ from: ['project/apps/one/chaos'] })).toEqual([
      'driver-a@1.0.0 project/node_modules/driver-a',
    ])
  })

  it('a workspace package is found through its link', async () => {
    await writeTree(root, {
      'project/package.json': {
        name: 'root',
        workspaces: ['packages/*'],
        devDependencies: { 'driver-own': 'workspace:*' },
      },
      ...driverAt('project/packages/driver-own', { name: 'driver-own' }),
    })
    await link(root, 'project/node_modules/driver-own', 'project/packages/driver-own')
    expect(await find()).toEqual(['driver-own@1.0.0 project/node_modules/driver-own'])
  })
})

describe('walking up', () => {
  const twoLevels: Tree = {
    'project/package.json': { name: 'outer', dependencies: { 'driver-a': '1', 'driver-b': '1' } },
    ...driverAt('project/node_modules/driver-a', { name: 'driver-a', version: '1.0.0' }),
    ...driverAt('project/node_modules/driver-b', { name: 'driver-b' }),
    'project/inner/package.json': { name: 'inner', dependencies: { 'driver-a': '2' } },
    ...driverAt('project/inner/node_modules/driver-a', { name: 'driver-a', version: '2.0.0' }),
  }
  const nearest = 'driver-a@2.0.0 project/inner/node_modules/driver-a'
  const outer = 'driver-b@1.0.0 project/node_modules/driver-b'

  it('the nearest package.json wins, farther ones add to it', async () => {
    await writeTree(root, twoLevels)
    expect(await find({ from: ['project/inner/chaos'] })).toEqual([nearest, outer])
  })

  it.each([
    { mark: 'a git root', file: 'project/inner/.git/HEAD', content: 'ref: refs/heads/main' },
    { mark: 'a git worktree', file: 'project/inner/.git', content: 'gitdir: elsewhere' },
    { mark: 'a pnpm workspace', file: 'project/inner/pnpm-workspace.yaml', content: 'packages: []' },
  ])('stops at $mark', async ({ file, content }) => {
    await writeTree(root, { ...twoLevels, [file]: content })
    expect(await find({ from: ['project/inner/chaos'] })).toEqual([nearest])
  })

  it('stops at a workspace of npm or yarn', async () => {
    const inner = { name: 'inner', workspaces: [], dependencies: { 'driver-a': '2' } }
    await writeTree(root, { ...twoLevels, 'project/inner/package.json': inner })
    expect(await find({ from: ['project/inner'] })).toEqual([nearest])
  })

  it('begins at the experiment, then at the working directory, which wins', async () => {
    await writeTree(root, {
      'experiment/.git/HEAD': '',
      'experiment/package.json': { name: 'e', dependencies: { 'driver-a': '1', 'driver-e': '1' } },
      ...driverAt('experiment/node_modules/driver-a', { name: 'driver-a', version: '1.0.0' }),
      ...driverAt('experiment/node_modules/driver-e', { name: 'driver-e' }),
      'work/.git/HEAD': '',
      'work/package.json': { name: 'w', dependencies: { 'driver-a': '2' } },
      ...driverAt('work/node_modules/driver-a', { name: 'driver-a', version: '2.0.0' }),
    })
    expect(await find({ from: ['experiment', 'work'] })).toEqual([
      'driver-a@2.0.0 work/node_modules/driver-a',
      'driver-e@1.0.0 experiment/node_modules/driver-e',
    ])
  })

  it('a folder that is not there has no drivers', async () => {
    expect(await find({ from: ['nowhere'] })).toEqual([])
  })
})

describe('what came with the command', () => {
  const bundled: Tree = {
    'prefix/lib/node_modules/squall/package.json': {
      name: 'squall',
      dependencies: { 'driver-a': '1', 'driver-b': '1' },
    },
    ...driverAt('prefix/lib/node_modules/squall/node_modules/driver-a', { name: 'driver-a' }),
    ...driverAt('prefix/lib/node_modules/squall/node_modules/driver-b', { name: 'driver-b' }),
  }
  const commandFolder = 'prefix/lib/node_modules/squall'

  it("is its package's own dependencies", async () => {
    await writeTree(root, bundled)
    expect(await find({ from: [], commandFolder })).toEqual([
      `driver-a@1.0.0 ${commandFolder}/node_modules/driver-a`,
      `driver-b@1.0.0 ${commandFolder}/node_modules/driver-b`,
    ])
  })

  it("is replaced by the project's copy", async () => {
    await writeTree(root, {
      ...bundled,
      ...projectWith({ dependencies: { 'driver-a': '2' } }),
      ...driverAt('project/node_modules/driver-a', { name: 'driver-a', version: '2.0.0' }),
    })
    expect(await find({ commandFolder })).toEqual([
      'driver-a@2.0.0 project/node_modules/driver-a',
      `driver-b@1.0.0 ${commandFolder}/node_modules/driver-b`,
    ])
  })
})

describe('beside a command that was installed globally', () => {
  it('npm: every package of the same node_modules', async () => {
    await writeTree(root, {
      'prefix/lib/node_modules/squall/package.json': { name: 'squall' },
      ...driverAt('prefix/lib/node_modules/driver-a', { name: 'driver-a' }),
      ...driverAt('prefix/lib/node_modules/@lamps/driver', { name: '@lamps/driver' }),
      ...driverAt('prefix/lib/node_modules/.driver-b-x1y2', { name: 'driver-b' }),
      'prefix/lib/node_modules/@stray': 'a file',
      'prefix/lib/node_modules/npm/package.json': { name: 'npm' },
    })
    expect(await find({ from: [], commandFolder: 'prefix/lib/node_modules/squall' })).toEqual([
      '@lamps/driver@1.0.0 prefix/lib/node_modules/@lamps/driver',
      'driver-a@1.0.0 prefix/lib/node_modules/driver-a',
    ])
  })

  it('npm on Windows', async () => {
    await writeTree(root, {
      'Roaming/npm/node_modules/squall/package.json': { name: 'squall' },
      ...driverAt('Roaming/npm/node_modules/driver-a', { name: 'driver-a' }),
    })
    expect(await find({ from: [], commandFolder: 'Roaming/npm/node_modules/squall' })).toEqual([
      'driver-a@1.0.0 Roaming/npm/node_modules/driver-a',
    ])
  })

  it.each([
    { name: 'yarn', folder: 'config/yarn/global', command: 'node_modules/squall' },
    { name: 'pnpm', folder: 'pnpm/global/5', command: '.pnpm/squall@1.0.0/node_modules/squall' },
  ])('$name: what the global package.json declares, no more', async ({ folder, command }) => {
    await writeTree(root, {
      [`${folder}/package.json`]: { dependencies: { squall: '1', 'driver-a': '1' } },
      [`${folder}/${command}/package.json`]: { name: 'squall' },
      ...driverAt(`${folder}/node_modules/driver-a`, { name: 'driver-a' }),
      ...driverAt(`${folder}/node_modules/driver-deep`, { name: 'driver-deep' }),
    })
    expect(await find({ from: [], commandFolder: `${folder}/${command}` })).toEqual([
      `driver-a@1.0.0 ${folder}/node_modules/driver-a`,
    ])
  })

  it("a project's node_modules is no global folder", async () => {
    await writeTree(root, {
      'lib/package.json': { name: 'a project in a folder called lib', dependencies: { squall: '1' } },
      'lib/node_modules/squall/package.json': { name: 'squall' },
      ...driverAt('lib/node_modules/driver-a', { name: 'driver-a' }),
      'other/node_modules/squall/package.json': { name: 'squall' },
      ...driverAt('other/node_modules/driver-a', { name: 'driver-a' }),
    })
    expect(await find({ from: [], commandFolder: 'lib/node_modules/squall' })).toEqual([])
    expect(await find({ from: [], commandFolder: 'other/node_modules/squall' })).toEqual([])
  })

  it("the project's copy wins over it", async () => {
    await writeTree(root, {
      'prefix/lib/node_modules/squall/package.json': { name: 'squall' },
      ...driverAt('prefix/lib/node_modules/driver-a', { name: 'driver-a' }),
      ...projectWith({ dependencies: { 'driver-a': '2' } }),
      ...driverAt('project/node_modules/driver-a', { name: 'driver-a', version: '2.0.0' }),
    })
    expect(await find({ commandFolder: 'prefix/lib/node_modules/squall' })).toEqual([
      'driver-a@2.0.0 project/node_modules/driver-a',
    ])
  })
})

describe('drivers that settings or --driver name', () => {
  const installed: Tree = {
    ...projectWith({}),
    ...driverAt('project/node_modules/driver-a', { name: 'driver-a' }),
    ...driverAt('project/my-drivers/lamps', { name: 'lamps' }),
  }

  it.each([
    { by: 'name', named: 'driver-a', found: 'driver-a@1.0.0 project/node_modules/driver-a' },
    { by: 'relative path', named: './my-drivers/lamps', found: 'lamps@1.0.0 project/my-drivers/lamps' },
    {
      by: 'relative path upwards',
      named: '../project/my-drivers/lamps',
      found: 'lamps@1.0.0 project/my-drivers/lamps',
    },
  ])('by $by', async ({ named, found }) => {
    await writeTree(root, installed)
    expect(await find({ named: [named] })).toEqual([found])
  })

  it('by absolute path', async () => {
    await writeTree(root, installed)
    expect(await find({ named: [path.join(root, 'project/my-drivers/lamps')] })).toEqual([
      'lamps@1.0.0 project/my-drivers/lamps',
    ])
  })

  it('win over all others, the later over the earlier', async () => {
    await writeTree(root, {
      ...projectWith({ dependencies: { lamps: '1' } }),
      ...driverAt('project/node_modules/lamps', { name: 'lamps', version: '1.0.0' }),
      ...driverAt('project/two', { name: 'lamps', version: '2.0.0' }),
      ...driverAt('project/three', { name: 'lamps', version: '3.0.0' }),
    })
    expect(await find({ named: ['./two', './three'] })).toEqual(['lamps@3.0.0 project/three'])
  })

  it.each(['missing', './missing', './node_modules', '@lamps/missing'])('%s is not found', async (named) => {
    await writeTree(root, installed)
    await expect(find({ named: [named] })).rejects.toMatchObject({
      code: 'SQUALL_DRIVER_NOT_FOUND',
      message: `The driver '${named}' was not found from ${path.join(root, 'project')}.`,
    })
  })

  it('a driver of one’s own needs no name', async () => {
    await writeTree(root, driverAt('project/mine', { name: 'mine' }))
    await writeTree(root, {
      'project/mine/package.json': {
        squall: { contract: 1, driver: './dist/index.js', manifest: './dist/squall.json' },
      },
    })
    const mine = path.join(root, 'project/mine')
    expect(await find({ named: ['./mine'] })).toEqual([`${mine}@ project/mine`])
  })
})

describe('a driver that cannot be used', () => {
  it.each([
    {
      name: 'an unknown contract in package.json',
      shape: { squall: { contract: 2, driver: './d.js', manifest: './dist/squall.json' } },
      contract: '2',
    },
    {
      name: 'no contract at all',
      shape: { squall: { driver: './d.js', manifest: './dist/squall.json' } },
      contract: 'undefined',
    },
    {
      name: 'an unknown contract in the manifest',
      shape: { manifest: { ...manifestOf(['driver-a']), contract: 7 } },
      contract: '7',
    },
  ])('has $name', async ({ shape, contract }) => {
    await writeTree(root, {
      ...projectWith({ dependencies: { 'driver-a': '1' } }),
      ...driverAt('project/node_modules/driver-a', { name: 'driver-a', ...shape }),
    })
    const folder = path.join(root, 'project/node_modules/driver-a')
    await expect(find()).rejects.toMatchObject({
      code: 'SQUALL_CONTRACT_UNKNOWN',
      message: `driver-a (${folder}) follows driver contract ${contract}; this squall knows 1.`,
    })
  })

  it.each([
    {
      name: 'a manifest that is missing',
      shape: { squall: { contract: 1, driver: './d.js', manifest: './none.json' } },
      says: 'it cannot be read',
    },
    { name: 'a manifest that is not JSON', shape: { manifest: '{"contract": 1,' }, says: 'it is not JSON' },
    {
      name: 'a manifest that is a list',
      shape: { manifest: [] },
      says: 'it has no usable name, providers, activities, undo, aliases',
    },
    {
      name: 'a manifest without some keys',
      shape: { manifest: { contract: 1, name: 'a', activities: {}, undo: {} } },
      says: 'it has no usable providers, aliases',
    },
    {
      name: 'a manifest of wrong shapes',
      shape: { manifest: { ...manifestOf(['a']), activities: [], aliases: [1] } },
      says: 'it has no usable activities, aliases',
    },
    {
      name: 'no manifest named',
      shape: { squall: { contract: 1, driver: './d.js' } },
      says: 'must name two files, `squall.driver` and `squall.manifest`',
    },
    {
      name: 'a driver that is no file name',
      shape: { squall: { contract: 1, driver: true, manifest: './dist/squall.json' } },
      says: 'must name two files',
    },
  ])('has $name', async ({ shape, says }) => {
    await writeTree(root, {
      ...projectWith({ dependencies: { 'driver-a': '1' } }),
      ...driverAt('project/node_modules/driver-a', { name: 'driver-a', ...shape }),
    })
    await expect(find()).rejects.toMatchObject({
      code: 'SQUALL_MANIFEST_BROKEN',
      message: expect.stringContaining(says),
    })
  })
})

describe('code of drivers', () => {
  const driverCode = (name: string) =>
    `export default { name: '${name}', contract: 1, summary: 's', providers: { ${name}: {
       summary: 's', schema: {}, validate: async () => [], run: async () => import.meta.url, targets: async () => [] } } }`

  async function registryOf(tree: Tree): Promise<DriverRegistry> {
    await writeTree(root, { ...projectWith({ dependencies: { lamps: '1' } }), ...tree })
    return new DriverRegistry(await findDrivers({ from: [path.join(root, 'project')] }))
  }

  it('is not run when drivers are listed', async () => {
    const registry = await registryOf(driverAt('project/node_modules/lamps', { name: 'lamps' }))
    expect([...registry.types.keys()]).toEqual(['lamps'])
  })

  it('is run when it is needed, and tells why it cannot be', async () => {
    const registry = await registryOf(driverAt('project/node_modules/lamps', { name: 'lamps' }))
    const file = path.join(root, 'project/node_modules/lamps/dist/index.js')
    await expect(registry.resolve({ type: 'lamps' })).rejects.toMatchObject({
      code: 'SQUALL_DRIVER_BROKEN',
      message: `The driver lamps (${file}) cannot be loaded: This code was run.`,
      cause: expect.objectContaining({ message: 'This code was run' }),
    })
  })

  it.each([
    { name: 'no default export', code: 'export const name = 1' },
    { name: 'a default export of another kind', code: 'export default () => 1' },
    { name: 'an object without a name', code: 'export default {}' },
  ])('with $name is no driver', async ({ code }) => {
    const registry = await registryOf(driverAt('project/node_modules/lamps', { name: 'lamps', code }))
    await expect(registry.resolve({ type: 'lamps' })).rejects.toMatchObject({
      code: 'SQUALL_DRIVER_BROKEN',
      message: expect.stringContaining('its default export is no driver'),
    })
  })

  it('that lies in a package which can only be imported is found by its path', async () => {
    const registry = await registryOf(
      driverAt('project/node_modules/lamps', { name: 'lamps', code: driverCode('lamps') }),
    )
    expect(await registry.resolve({ type: 'lamps' })).toMatchObject({
      type: 'provider',
      from: { name: 'lamps' },
    })
  })

  it('in a folder with odd letters is found too', async () => {
    root = path.join(root, 'odd ü (1)')
    const registry = await registryOf(
      driverAt('project/node_modules/lamps', { name: 'lamps', code: driverCode('lamps') }),
    )
    expect(await registry.resolve({ type: 'lamps' })).toMatchObject({ type: 'provider' })
  })

  it('two packages that provide one type are named with their paths', async () => {
    await writeTree(root, {
      ...projectWith({ dependencies: { bulbs: '1', lamps: '1' } }),
      ...driverAt('project/node_modules/lamps', { name: 'lamps', types: ['light'] }),
      ...driverAt('project/node_modules/bulbs', { name: 'bulbs', types: ['light'] }),
    })
    const found = await findDrivers({ from: [path.join(root, 'project')] })
    const modules = path.join(root, 'project/node_modules')
    expect(() => new DriverRegistry(found)).toThrow(
      expect.objectContaining({
        code: 'SQUALL_PROVIDER_CLASH',
        message: `Two packages provide 'light': bulbs (${modules}/bulbs) and lamps (${modules}/lamps).`,
      }),
    )
    expect(new DriverRegistry(found, { light: 'lamps' }).types.get('light')?.name).toBe('lamps')
  })
})
