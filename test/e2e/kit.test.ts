import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here } from '../requirements.ts'
import { experiment, type Project, project } from './squall.ts'

const root = path.join(here, '..')
const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  noEmit: true,
  types: [],
  lib: ['es2023', 'esnext.disposable', 'dom'],
}

/** A method of one probe of the driver `ports`. */
const listens = (func: string, args: object): object => ({
  method: [{ type: 'probe', name: 'shop listens', provider: { type: 'ports', func, arguments: args } }],
})

const good = experiment(listens('is_listening', { port: 8080 }))
const mistyped = experiment(listens('is_listening', { prot: 8080 }))

/** As somebody would write it by hand: names of fields stand without quotes. */
function typed(made: object): string {
  const written = JSON.stringify(made, null, 2).replaceAll(/"(\w+)":/g, '$1:')
  return `import { defineExperiment } from '@squall/contract'\nexport default defineExperiment(${written})\n`
}

function providersIn(document: object): string[] {
  return [...JSON.stringify(document).matchAll(/"provider":\{"type":"(\w+)"/g)].map(([, type = '']) => type)
}

/** Each driver serves a provider of its own name. */
async function bundledProviders(): Promise<Set<string>> {
  const manifest = await readFile(path.join(root, 'packages/squall/package.json'), 'utf8')
  const { dependencies } = JSON.parse(manifest) as { dependencies: object }
  const prefix = '@squall/driver-'
  const drivers = Object.keys(dependencies).filter((name) => name.startsWith(prefix))
  return new Set(drivers.map((name) => name.slice(prefix.length)))
}

/** Some cases are about files that do not parse. */
function documentOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return experiment()
  }
}

/** A project in which the contract is installed. */
async function typedProject(files: Readonly<Record<string, unknown>>): Promise<Project> {
  const made = await project({
    'package.json': { name: 'p', private: true, type: 'module' },
    'tsconfig.json': { compilerOptions, include: ['*.ts'] },
    ...files,
  })
  const scope = path.join(made.folder, 'node_modules/@squall')
  await mkdir(scope, { recursive: true })
  await symlink(path.join(root, 'packages/contract'), path.join(scope, 'contract'))
  return made
}

async function compile({ folder }: Project): Promise<{ exitCode?: number; stdout: string }> {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
  return execa(process.execPath, [compiler, '-p', '.'], { cwd: folder, reject: false })
}

/** What the written schema says about documents. */
async function validator(dir: Project): Promise<(document: unknown) => string[]> {
  expect(await dir.squall(['schema'])).toMatchObject({ exitCode: 0 })
  const schema = JSON.parse(await readFile(path.join(dir.folder, 'squall.schema.json'), 'utf8'))
  const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema)
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message, params }) =>
          [instancePath, message, JSON.stringify(params)].join(' '),
        )
}

describe('a wrong argument name', () => {
  it('is caught by the compiler, which names the right one', async () => {
    await using dir = await typedProject({ 'good.ts': typed(good), 'mistyped.ts': typed(mistyped) })
    expect(await dir.squall(['types'])).toMatchObject({ exitCode: 0 })
    const { stdout, exitCode } = await compile(dir)
    expect(exitCode).not.toBe(0)
    expect(stdout).toMatch(/^mistyped\.ts\(13,11\): error TS2353: .*'prot' does not exist in type '\{ port: /)
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  it('is told by the compiler as the page on the command line shows', async () => {
    const page = await readFile(path.join(root, 'docs/command-line.md'), 'utf8')
    const [, code, said] = /^```ts\n(.*?)^```\n\n`tsc` says\n\n```text\n(.*?)^```/ms.exec(page) ?? []
    await using dir = await typedProject({ 'experiment.ts': code })
    await dir.squall(['types'])
    expect(`${(await compile(dir)).stdout}\n`).toBe(said)
  })

  it('passes where nobody has written the types yet', async () => {
    await using dir = await typedProject({ 'mistyped.ts': typed(mistyped) })
    expect(await compile(dir)).toMatchObject({ exitCode: 0, stdout: '' })
  })

  it('is caught by the JSON Schema', async () => {
    await using dir = await project()
    const errorsOf = await validator(dir)
    expect(errorsOf(good)).toEqual([])
    expect(errorsOf(mistyped)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\/method\/0\/provider\/arguments .*"prot"/)]),
    )
  })

  it('is caught by validate, with its place and a suggestion', async () => {
    await using dir = await project({ 'mistyped.json': mistyped })
    const { exitCode, stderr } = await dir.squall(['validate', 'mistyped.json'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/mistyped\.json:\d+:\d+ error .*prot/)
    expect(stderr).toContain("Did you mean 'port' in place of 'prot'?")
  })
})

describe('the JSON Schema', () => {
  it.each([
    { name: 'an unknown provider', provider: { type: 'prots', func: 'kill' }, at: 'provider/type' },
    { name: 'an unknown function', provider: { type: 'ports', func: 'kil' }, at: 'provider/func' },
    {
      name: 'a missing argument',
      provider: { type: 'ports', func: 'is_listening', arguments: {} },
      at: 'arguments',
    },
    { name: 'no arguments', provider: { type: 'ports', func: 'is_listening' }, at: 'provider' },
    { name: 'a missing field', provider: { type: 'http' }, at: 'provider' },
  ])('refuses $name', async ({ provider, at }) => {
    await using dir = await project()
    const errorsOf = await validator(dir)
    const errors = errorsOf(experiment({ method: [{ type: 'action', name: 'a', provider }] }))
    expect(errors.filter((error) => error.split(' ')[0]?.endsWith(at))).not.toEqual([])
  })

  it('refuses what is wrong with a key of squall, and accepts a variable for any value', async () => {
    await using dir = await project()
    const errorsOf = await validator(dir)
    const probe = {
      type: 'probe',
      name: 'p',
      provider: { type: 'ports', func: 'is_listening', arguments: { port: '${port}' } },
    }
    expect(errorsOf(experiment({ method: [probe] }))).toEqual([])
    expect(errorsOf(experiment({ method: [{ ...probe, retry: { atempts: 3 } }] }))).not.toEqual([])
    expect(errorsOf(experiment({ rollbacks: [{ ...probe, onFailure: 'halt' }] }))).not.toEqual([])
  })

  it('accepts every experiment of examples/ whose drivers come with the command', async () => {
    await using dir = await project()
    const errorsOf = await validator(dir)
    const files = (await readdir(path.join(root, 'examples'), { recursive: true }))
      .filter((file) => file.endsWith('.json') && !/node_modules|third-party-driver/.test(file))
      .map((file) => path.join(root, 'examples', file))
    const documents = await Promise.all(
      files.map(async (file) => [file, JSON.parse(await readFile(file, 'utf8'))]),
    )
    const bundled = await bundledProviders()
    const experiments = documents.filter(
      ([, document]) => 'method' in document && providersIn(document).every((type) => bundled.has(type)),
    )
    expect(experiments.length).toBeGreaterThan(5)
    const refused = experiments.map(([file, document]) => [path.relative(root, file), errorsOf(document)])
    expect(refused.filter(([, errors]) => errors?.length)).toEqual([])
  })

  it('refuses nothing of the corpus but what is not valid', async () => {
    await using dir = await project()
    const errorsOf = await validator(dir)
    const cases = path.join(root, 'test/compat/cases')
    const files = (await readdir(cases, { recursive: true })).filter((file) =>
      file.endsWith('experiment.json'),
    )
    const texts = await Promise.all(files.map((file) => readFile(path.join(cases, file), 'utf8')))
    const refused = files.filter((_, index) => errorsOf(documentOf(texts[index] ?? '')).length > 0)
    expect(files.length - refused.length).toBeGreaterThan(150)
    expect(refused.length).toBeGreaterThan(5)
    expect(refused.filter((file) => !file.startsWith('validate'))).toEqual([])
  })

  it('is printed with -o -, and otherwise comes with the lines for editors', async () => {
    await using dir = await project()
    const printed = await dir.squall(['schema', '-o', '-'])
    expect(JSON.parse(printed.stdout)).toMatchObject({ required: ['title', 'description', 'method'] })
    const { stderr } = await dir.squall(['schema', '-o', 'schemas/none.json'])
    expect(stderr).toContain('ENOENT')
    expect(stderr).not.toMatch(/^ +at /m)
    const written = await dir.squall(['schema'])
    expect(written.stderr).toContain('"json.schemas"')
    expect(written.stderr).toContain('# yaml-language-server: $schema=squall.schema.json')
  })
})

describe('an experiment in TypeScript', () => {
  const greet = {
    type: 'action',
    name: 'greet',
    provider: { type: 'process', path: 'echo', arguments: ['hello'] },
  }

  it('is run', async () => {
    await using dir = await typedProject({ 'hello.ts': typed(experiment({ method: [greet] })) })
    const { exitCode, stderr } = await dir.squall(['run', 'hello.ts'])
    expect(stderr).toContain('✓ action greet')
    expect(exitCode).toBe(0)
    const journal = JSON.parse(await readFile(path.join(dir.folder, 'journal.json'), 'utf8'))
    expect(journal.run[0].output.stdout).toBe('hello\n')
  })

  it('is validated and planned', async () => {
    await using dir = await typedProject({ 'mistyped.ts': typed(mistyped), 'good.ts': typed(good) })
    const { exitCode, stderr } = await dir.squall(['validate', 'mistyped.ts'])
    expect(stderr).toMatch(/^mistyped\.ts error /m)
    expect(stderr).toContain("Did you mean 'port'")
    expect(exitCode).toBe(1)
    expect(await dir.squall(['plan', 'good.ts'])).toMatchObject({ exitCode: 0 })
  })

  it.each([
    { name: 'throws', code: "throw new Error('no luck')", says: "'a.ts' cannot be read: no luck." },
    { name: 'exports nothing', code: 'export const x = 1', says: "'a.ts' has no default export." },
    { name: 'does not parse', code: 'export default {', says: "'a.ts' cannot be read" },
    { name: 'holds what is no JSON', code: 'export default { title: 1n }', says: "'a.ts' cannot be read" },
  ])('that $name is told without a stack', async ({ code, says }) => {
    await using dir = await project({ 'a.ts': code })
    const { exitCode, stderr } = await dir.squall(['run', 'a.ts'])
    expect(stderr).toContain(says)
    expect(stderr).not.toMatch(/^ +at /m)
    expect(exitCode).toBe(1)
  })
})

describe('the docs of a driver', () => {
  it('name what it offers', async () => {
    await using dir = await project()
    const { stdout, exitCode } = await dir.squall(['docs', 'ports'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\| `pause` \| action \| Freezes .* \| `resume` \|$/m)
    const missing = await dir.squall(['docs', 'prots'])
    expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("'prots'") })
  })
})
