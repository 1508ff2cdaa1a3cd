import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { footprints } from '../budgets/footprints.mjs'
import { here } from '../requirements.ts'
import { type LocalRegistry, startRegistry } from './local-registry.ts'
import { type Manifest, type PackedPackage, packAll } from './packed.ts'
import { filesOf, sourcesOfMaps, targetsOf } from './shipped-files.ts'
import { thirdPartyPackages } from './third-party.ts'
import { type UserProject, userProject } from './user-project.ts'

let place: string
let packages: readonly PackedPackage[]
let registry: LocalRegistry

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-packed-'))
  packages = await packAll(place)
  registry = await startRegistry(packages, thirdPartyPackages())
}, 120_000)

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]()
  await rm(place, { recursive: true, force: true })
})

describe('the command with one driver', () => {
  let project: UserProject
  beforeAll(async () => {
    project = await userProject(registry, ['@squall/cli', '@squall/driver-http'])
  }, 120_000)
  afterAll(() => project?.[Symbol.asyncDispose]())

  it('brings nothing along but the contract and what the driver needs', async () => {
    expect(await installedIn(project)).toEqual([
      '@squall/cli',
      '@squall/contract',
      '@squall/driver-http',
      'undici',
    ])
  })

  it('says which package is missing for a provider, and how to get it', async () => {
    const provider = { type: 'ports', func: 'kill_services_by_ports', arguments: { ports: [8080] } }
    await project.write({
      'ports.json': experiment({ method: [{ type: 'action', name: 'kill the shop', provider }] }),
    })
    const { exitCode, stderr } = await project.run('squall', 'run', 'ports.json')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('SQUALL_DRIVER_MISSING')
    expect(stderr).toContain('npm install @squall/driver-ports')
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('answers npx with its version and its help', async () => {
    const version = packages.find(({ name }) => name === '@squall/cli')?.manifest.version
    const asked = await project.run('npx', 'squall', '--version')
    expect(asked).toMatchObject({ exitCode: 0, stdout: `squall, version ${version}` })
    const help = await project.run('npx', 'squall', '--help')
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Usage: squall .*\brun\b/s) })
  })
})

describe('squall alone', () => {
  let project: UserProject
  beforeAll(async () => {
    project = await userProject(registry, ['squall'])
  }, 120_000)
  afterAll(() => project?.[Symbol.asyncDispose]())

  it('lists the drivers it brings', async () => {
    const { dependencies = {} } = packages.find(({ name }) => name === 'squall')?.manifest ?? {}
    const drivers = Object.keys(dependencies).filter((name) => name.startsWith('@squall/driver-'))
    const { exitCode, stdout } = await project.run('squall', 'drivers', '--json')
    expect(exitCode).toBe(0)
    const listed = JSON.parse(stdout) as readonly Manifest[]
    expect(listed.map(({ name }) => name).sort()).toEqual(drivers.sort())
    expect(drivers.length).toBeGreaterThan(3)
  })

  it('brings along what its budget counts', async () => {
    const { bytes, dependencies } = footprints(packages)['squall'] ?? {}
    const files = await filesOf(path.join(project.folder, 'node_modules'))
    const installed = files.filter(({ file }) => !/^\.(bin|package-lock\.json)/.test(file))
    // A budget counts a package once, and npm may put one in two places.
    expect(installed.reduce((sum, { length }) => sum + length, 0) / bytes).toBeCloseTo(1, 2)
    const lock = JSON.parse(await readFile(path.join(project.folder, 'package-lock.json'), 'utf8'))
    const names = Object.entries<Manifest>(lock.packages).flatMap(([place, { version }]) =>
      place === '' ? [] : `${place.split('node_modules/').at(-1)} ${version}`,
    )
    expect(new Set(names).size).toBe(1 + dependencies)
  })

  it('runs a TypeScript probe', async () => {
    const provider = { type: 'node', module: './probe.ts', func: 'answer' }
    await project.write({
      'probe.ts': 'enum Answer { right = 42 }\nexport const answer = (): number => Answer.right',
      'typed.json': experiment(hypothesis({ type: 'probe', name: 'answer', tolerance: 42, provider })),
    })
    expect(await project.run('squall', 'run', 'typed.json')).toMatchObject({ exitCode: 0 })
  })

  it('plays the scenarios of the lab, and leaves nothing running', async () => {
    const play = [process.execPath, path.join(here, 'packages/play-lab.mjs')]
    const { stdout, stderr } = await project.run('env', 'NO_NS=1', path.join(here, 'netns.sh'), ...play)
    const ended = JSON.parse(stdout || JSON.stringify({ stderr }))
    expect(ended.stdout).toMatch(/\b([1-9]\d*) of \1 scenarios ended as expected/)
    expect(ended).toMatchObject({ status: 0, left: { labs: [], processes: [] } })
  }, 120_000)
})

describe('every package', () => {
  let project: UserProject
  beforeAll(async () => {
    project = await userProject(registry, ['@types/node', ...packages.map(({ name }) => name)])
  }, 120_000)
  afterAll(() => project?.[Symbol.asyncDispose]())

  /** What is wrong, by package: a test on it shows all of it at once. */
  async function findings(
    find: (folder: string, manifest: Manifest) => Promise<readonly string[]>,
  ): Promise<Record<string, readonly string[]>> {
    const found: Record<string, readonly string[]> = {}
    for (const { name, manifest } of packages) {
      const here = await find(path.join(project.folder, 'node_modules', name), manifest)
      if (here.length > 0) found[name] = here
    }
    return found
  }

  it('ships neither tests nor what the compiler keeps for itself', async () => {
    // A template has the tests of what is made from it.
    const isSuperfluous =
      /^(?!template(-openapi)?\/).*((^|\/)(tests?|__tests__|fixtures)\/|\.test\.|tsbuildinfo)|^tsconfig/
    const found = packages.map(({ name, files }) => [name, files.filter((file) => isSuperfluous.test(file))])
    expect(found.filter(([, files]) => files?.length)).toEqual([])
  })

  it.each(['LICENSE', 'README.md'])('ships its %s', (file) => {
    expect(packages.filter(({ files }) => !files.includes(file)).map(({ name }) => name)).toEqual([])
  })

  it('names no version that only the workspace knows', () => {
    const versions = packages.flatMap(({ manifest }) =>
      Object.values({ ...manifest.dependencies, ...manifest.peerDependencies }),
    )
    expect(versions.filter((version) => /^(workspace|catalog|file|link):/.test(version))).toEqual([])
  })

  it('names no folder of the machine that built it', async () => {
    const root = path.join(here, '..')
    const naming = await findings(async (folder) =>
      (await filesOf(folder)).filter(({ text }) => text.includes(root)).map(({ file }) => file),
    )
    expect(naming).toEqual({})
  })

  it('has every file that its exports, commands and driver fields name', async () => {
    const missing = await findings(async (folder, manifest) => {
      const files = (await filesOf(folder)).map(({ file }) => file)
      return targetsOf(manifest).filter((target) => !files.includes(path.normalize(target)))
    })
    expect(missing).toEqual({})
  })

  it('has the sources its source maps lead to', async () => {
    const missing = await findings(async (folder, { name }) => {
      const files = await filesOf(folder)
      const names = files.map(({ file }) => file)
      // A source that is gone from the repository too has left its output behind: an old build, not a wrong tarball.
      const source = path.join(here, '../packages', name.replace('@squall/', ''))
      const named = sourcesOfMaps(files).filter((file) => existsSync(path.join(source, file)))
      return named.filter((file) => !names.includes(file))
    })
    expect(missing).toEqual({})
  })

  it('can be imported', async () => {
    const imports = importable().map((name) => `import ${JSON.stringify(name)}`)
    await project.write({ 'import-all.mjs': imports.join('\n') })
    expect(await project.run(process.execPath, 'import-all.mjs')).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it.each([
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'esnext', moduleResolution: 'bundler' },
  ])('has types for a project with moduleResolution $moduleResolution', async (resolution) => {
    const uses = importable().map((name, at) => `import * as p${at} from '${name}'\nvoid p${at}`)
    const types = { target: 'es2022', lib: ['es2023', 'esnext.disposable'], types: ['node'] }
    const compilerOptions = { ...types, ...resolution, strict: true, noEmit: true, skipLibCheck: false }
    await project.write({
      'uses.ts': uses.join('\n'),
      'tsconfig.json': { compilerOptions, files: ['uses.ts'] },
    })
    const compiler = path.join(here, '../node_modules/typescript/bin/tsc')
    const { exitCode, stdout } = await project.run(process.execPath, compiler, '-p', '.')
    expect(stdout).toBe('')
    expect(exitCode).toBe(0)
  })

  function importable(): string[] {
    return packages.filter(({ manifest }) => manifest.exports?.['.']).map(({ name }) => name)
  }
})

function experiment(more: object): object {
  return { title: 'The shop', description: 'Is it up?', method: [], ...more }
}

function hypothesis(...probes: readonly object[]): object {
  return { 'steady-state-hypothesis': { title: 'The shop is up', probes } }
}

async function installedIn({ folder }: UserProject): Promise<readonly string[]> {
  const modules = path.join(folder, 'node_modules')
  const names = (await readdir(modules)).filter((name) => !name.startsWith('.'))
  const scoped = names.filter((name) => name.startsWith('@'))
  const below = await Promise.all(
    scoped.map(async (scope) => (await readdir(path.join(modules, scope))).map((name) => `${scope}/${name}`)),
  )
  return [...names.filter((name) => !name.startsWith('@')), ...below.flat()].sort()
}
