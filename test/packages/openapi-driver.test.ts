import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { guideSteps, playSteps } from './guide.ts'
import { playIsolated } from './isolated.ts'
import { type LocalRegistry, startRegistry } from './local-registry.ts'
import { packAll } from './packed.ts'
import { thirdPartyPackages } from './third-party.ts'
import { userEnvironment } from './user-project.ts'

const documents = path.join(here, '../packages/create-squall-driver/test/documents')
const ours = [
  'create-squall-driver',
  '@squall/contract',
  '@squall/testkit',
  '@squall/cli',
  '@squall/driver-node',
]
const page = await readFile(path.join(here, '../docs/writing-a-driver.md'), 'utf8')
/** The part about drivers that are made from a document, up to the next part. */
const guide = page.split(/^## From an OpenAPI document$/m)[1]?.split(/^## /m)[0] ?? ''
const pets = 'squall-driver-pets'
const isolated = await execa(path.join(here, 'netns.sh'), ['true'], { reject: false })
if (isolated.exitCode !== 0) notRun('the experiment of the guide', isolated.stderr)

let place: string
let registry: LocalRegistry
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-openapi-'))
  registry = await startRegistry(
    await packAll(place, ours),
    thirdPartyPackages(['typescript', 'vitest', 'zod']),
  )
  await mkdir(path.join(place, 'home'))
  env = userEnvironment(path.join(place, 'home'), registry)
  const [, document = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(guide) ?? []
  await writeFile(path.join(place, 'pets.yaml'), document)
}, 120_000)

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]()
  await rm(place, { recursive: true, force: true })
})

interface Ended {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

async function run(folder: string, program: string, ...words: readonly string[]): Promise<Ended> {
  const cwd = path.join(place, folder)
  const options = { cwd, env, extendEnv: false, preferLocal: true, localDir: cwd } as const
  const { exitCode, stdout, stderr } = await execa(program, words, {
    ...options,
    reject: false,
    stdin: 'ignore',
    timeout: 120_000,
  })
  return { exitCode, stdout, stderr }
}

describe('a driver of the guide', () => {
  const steps = guideSteps(guide)

  it('is made, builds and keeps every law', async () => {
    expect(steps).toHaveLength(5)
    for (const step of await playSteps(steps.slice(0, 3), place, env)) {
      expect(step, step.output).toMatchObject({ exitCode: 0, notPrinted: [] })
    }
  }, 150_000)

  it.skipIf(isolated.exitCode !== 0)('plays its experiment', async () => {
    const [serve, play] = steps.slice(3)
    const commands = [serve?.command ?? '', play?.command ?? '']
    const { exitCode, output } = await playIsolated(commands, { folder: path.join(place, pets), env })
    expect(exitCode, output).toBe(0)
    const timeless = (text: string): string => text.replaceAll(/\d+(\.\d+)? m?s\b/g, 'TIME')
    for (const line of [...(serve?.shown ?? []), ...(play?.shown ?? [])]) {
      expect(timeless(output)).toContain(timeless(line))
    }
  })

  it('is the one that the guide shows', async () => {
    const [, shown] = /^```ts\n([\s\S]*?)^```$/m.exec(guide) ?? []
    expect(await readFile(path.join(place, pets, 'src/activities/add-pet.ts'), 'utf8')).toBe(shown)
  })

  it('is refused with its place where the document is wrong', async () => {
    const document = await readFile(path.join(place, 'pets.yaml'), 'utf8')
    const wrong = document
      .replace(/- \{ name: limit.*\}/, "- $ref: '#/components/parameters/Limt'")
      .replace('components:', 'components:\n  parameters: { Limit: { name: limit, in: query, schema: {} } }')
    await mkdir(path.join(place, 'wrong'))
    await writeFile(path.join(place, 'wrong/pets.yaml'), wrong)
    const create = ['create', 'squall-driver', 'pets', '--', '--from-openapi', 'pets.yaml']
    const { exitCode, stderr } = await run('wrong', 'npm', '--yes', ...create)
    expect(exitCode).toBe(1)
    const [, said = ''] = /^```text\n(No driver[\s\S]*?)^```$/m.exec(guide) ?? []
    expect(`${stderr}\n`).toContain(said)
  })

  it('says in its README what squall docs finds in it', async () => {
    const { stdout } = await run(pets, 'squall', 'docs', 'pets', '--driver', '.')
    const readme = (await readFile(path.join(place, pets, 'README.md'), 'utf8')).replaceAll(/ +\|/g, ' |')
    const rows = stdout.trim().split('\n').slice(2)
    expect(rows).toHaveLength(3)
    for (const row of rows) {
      const [, activity, kind, summary, args = ''] = row.split(/(?<!\\)\| ?/).map((cell) => cell.trimEnd())
      const [first] = args.split(' ')
      expect(readme).toContain(`| ${activity} | ${kind} | ${summary} | ${first} `)
    }
  })
})

describe('an argument of another name, for a driver from a tarball', () => {
  const provider = { type: 'pets', func: 'remove_pet', secrets: ['pets'] }
  const experiment = (args: object): object => ({
    title: 'The shop',
    description: 'Is it up?',
    method: [{ type: 'action', name: 'away', provider: { ...provider, arguments: args } }],
  })
  const typed = (args: object): string =>
    `import { defineExperiment } from '@squall/contract'\n\nexport default defineExperiment(${JSON.stringify(experiment(args), null, 2)})\n`

  beforeAll(async () => {
    const files = {
      'mistyped.json': JSON.stringify(experiment({ petid: '7' }), null, 2),
      'mistyped.ts': typed({ petid: '7' }),
      'good.ts': typed({ pet_id: '7' }),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'nodenext', strict: true, noEmit: true, types: ['node'] },
        files: ['mistyped.ts', 'good.ts', 'squall.d.ts'],
      }),
    }
    await mkdir(path.join(place, pets, 'typed'))
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(place, pets, 'typed', name), text)
  })

  it('is caught by the compiler', async () => {
    expect(await run(pets, 'squall', 'types', '--driver', '.', '-o', 'typed/squall.d.ts')).toMatchObject({
      exitCode: 0,
    })
    const { exitCode, stdout } = await run(pets, 'tsc', '-p', 'typed')
    expect(exitCode).not.toBe(0)
    expect(stdout).toMatch(/^typed\/mistyped\.ts\(\d+,\d+\): error TS2353: .*petid.* does not exist in type/m)
    expect(stdout).not.toContain('good.ts')
  })

  it('is caught by the JSON Schema, which editors are told of', async () => {
    const { exitCode, stderr } = await run(pets, 'squall', 'schema', '--driver', '.')
    expect(exitCode).toBe(0)
    expect(stderr).toContain('"json.schemas": [{ "fileMatch"')
    expect(stderr).toContain('# yaml-language-server: $schema=squall.schema.json')
    const schema = JSON.parse(await readFile(path.join(place, pets, 'squall.schema.json'), 'utf8'))
    const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema)
    expect(validate(experiment({ pet_id: '7' })), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(experiment({ petid: '7' }))).toBe(false)
    expect(JSON.stringify(validate.errors)).toContain('"additionalProperty":"petid"')
  })

  it('is caught by validate, with its place and a suggestion', async () => {
    const { exitCode, stderr } = await run(pets, 'squall', 'validate', 'typed/mistyped.json', '--driver', '.')
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/typed\/mistyped\.json:\d+:\d+ error .*petid/)
    expect(stderr).toContain("Did you mean 'pet_id' in place of 'petid'?")
  })
})

describe('an experiment in TypeScript', () => {
  it('is run from tarballs', async () => {
    const folder = path.join(place, pets)
    const install = ['install', '--no-save', '--no-audit', '--no-fund', '@squall/driver-node']
    const installed = await run(pets, 'npm', ...install)
    expect(installed, installed.stderr).toMatchObject({ exitCode: 0 })
    const text = `import { defineExperiment } from '@squall/contract'

export default defineExperiment({
  title: 'The shop',
  description: 'Is it up?',
  configuration: { pets_url: 'http://127.0.0.1:8080' },
  method: [{ type: 'probe', name: 'pets', provider: { type: 'pets', func: 'list_pets', arguments: { limit: 3 } } }],
})
`
    await writeFile(path.join(folder, 'experiment.ts'), text)
    const squall = 'npx squall run experiment.ts --driver . --driver @squall/driver-node'
    const { exitCode, output } = await playIsolated(['node example/server.mjs &', squall], { folder, env })
    expect(output).toContain('✓ probe pets')
    expect(exitCode, output).toBe(0)
  }, 60_000)
})

describe('drivers of other documents', () => {
  it.each([
    { name: 'nasty', document: 'nasty.json', tests: [], files: 2 },
    // Its operations are like those of the guide, which went through every law; here each is called once.
    { name: 'shop', document: 'pet-shop.yaml', tests: ['test/calls.test.ts'], files: 1 },
  ])(
    'build and keep every law: $document',
    async ({ name, document, tests, files }) => {
      await cp(documents, path.join(place, 'others'), { recursive: true })
      const create = ['create', 'squall-driver', name, '--', '--from-openapi', document]
      expect(await run('others', 'npm', '--yes', ...create)).toMatchObject({ exitCode: 0 })
      const folder = `others/squall-driver-${name}`
      await symlink(path.join(place, pets, 'node_modules'), path.join(place, folder, 'node_modules'))
      const built = await run(folder, 'npm', 'run', 'build')
      expect(built, built.stdout).toMatchObject({ exitCode: 0 })
      const tested = await run(folder, 'vitest', 'run', ...tests)
      expect(tested.stdout).toContain(`Test Files  ${files} passed (${files})`)
      expect(tested.exitCode, tested.stdout).toBe(0)
    },
    150_000,
  )

  it('can be described whatever they hold', async () => {
    const schema = await run('others/squall-driver-nasty', 'squall', 'schema', '--driver', '.', '-o', '-')
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(schema.stdout))
    const plant = (body: unknown): object => ({
      title: 't',
      description: 'd',
      method: [
        { type: 'action', name: 'a', provider: { type: 'nasty', func: 'put_trees', arguments: { body } } },
      ],
    })
    const tree = { name: 'oak', kind: 'tree', constructor: 1 }
    expect(validate(plant([{ ...tree, branches: [{ ...tree, branches: [tree] }] }]))).toBe(true)
    expect(validate(plant([{ ...tree, branches: [{ ...tree, branches: [{ name: 'oak' }] }] }]))).toBe(false)
    const types = await run('others/squall-driver-nasty', 'squall', 'types', '--driver', '.')
    expect(types).toMatchObject({ exitCode: 0 })
    const docs = await run('others/squall-driver-nasty', 'squall', 'docs', 'nasty', '--driver', '.')
    expect(docs.stdout).toContain('| `tree_get` | probe |')
  })
})
