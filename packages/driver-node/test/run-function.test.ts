import { ActivityFailed, SquallError } from '@squall/contract'
import { expect, it } from 'vitest'
import { nodeProvider } from '../src/node-provider.ts'
import { RememberingContext } from './activity-context.ts'
import { callOf, runNode } from './call.ts'
import { project } from './project.ts'

/** Both ways a function can be run: everything but being ended is the same. */
const ways = [
  { way: 'in the process', more: {} },
  { way: 'in a thread', more: { interruptible: true } },
]

const schema = `{ '~standard': { version: 1, vendor: 'by hand', validate: async (value) =>
  typeof value.count === 'number'
    ? { value: { unit: 'lamps', ...value } }
    : { issues: [{ message: 'expected a number', path: [{ key: 'count' }] }, { message: 'and more' }] } } }`

const probes = `
  export const greet = ({ name }) => 'hello ' + name
  export const greetLater = async ({ name }) => 'hello ' + name
  export const nothing = () => {}
  export const count = (args) => args
  count.args = ${schema}
  export const surroundings = (args, { configuration, secrets, signal }) =>
    ({ args, configuration, secrets, aborted: signal.aborted })
  export const meddle = (args, { configuration }) => { args.a = 2; configuration.region = 'south'; return args }
  export const fail = () => { throw new TypeError('no lamp') }
  export const failLater = async () => { throw new Error('Who knows?', { cause: new Error('the fuse') }) }
  export const failOddly = () => { throw 'a text' }
  export const failKnowingly = () => {
    throw Object.assign(new Error('The lamp is gone.'), { code: 'SQUALL_ACTIVITY_FAILED', hint: 'Buy one.' })
  }
  export const talk = (_, { log }) => { log.debug('a'); log.info('b', { n: 1 }); log.warn('c') }
  export const dim = async (args, { undo }) => {
    const registered = await undo('brighten', { lamp: args.lamp })
    await registered.amend({ lamp: args.lamp, was: 7 })
  }
  export const brighten = () => {}
  export const dimForGood = async (_, { undo }) => undo('forgotten', {})
  export class Lamp {}
  export const number = 1
  export default ({ name }) => 'default ' + name
`

const commonJs = `
  const computed = 'hid' + 'den'
  exports.greet = ({ name }) => 'hello ' + name
  exports[computed] = ({ name }) => 'hidden ' + name
`

const files = {
  'probes.mjs': probes,
  'old.cjs': commonJs,
  'plain.js': commonJs,
  'broken.mjs': 'export const = 1',
}
const module = './probes.mjs'

for (const { way, more } of ways) {
  it.each([
    {
      name: 'a function',
      provider: { module, func: 'greet', arguments: { name: 'Ada' } },
      answer: 'hello Ada',
    },
    {
      name: 'an async function',
      provider: { module, func: 'greetLater', arguments: { name: 'Ada' } },
      answer: 'hello Ada',
    },
    {
      name: 'the default export',
      provider: { module, func: 'default', arguments: { name: 'Ada' } },
      answer: 'default Ada',
    },
    {
      name: 'CommonJS',
      provider: { module: './old.cjs', func: 'greet', arguments: { name: 'Ada' } },
      answer: 'hello Ada',
    },
    {
      name: 'CommonJS in .js',
      provider: { module: './plain.js', func: 'greet', arguments: { name: 'Ada' } },
      answer: 'hello Ada',
    },
    {
      name: 'a CommonJS export that only shows when it runs',
      provider: { module: './old.cjs', func: 'hidden', arguments: { name: 'Ada' } },
      answer: 'hidden Ada',
    },
    {
      name: 'a builtin',
      provider: { module: 'node:os', func: 'availableParallelism' },
      answer: expect.any(Number),
    },
    { name: 'a function that answers nothing', provider: { module, func: 'nothing' }, answer: null },
    {
      name: 'a function without arguments',
      provider: { module, func: 'count', arguments: { count: 1 } },
      answer: { unit: 'lamps', count: 1 },
    },
    {
      name: 'a function that looks around',
      provider: { module, func: 'surroundings' },
      answer: {
        args: {},
        configuration: { region: 'north' },
        secrets: { token: 'of the test' },
        aborted: false,
      },
    },
  ])(`calls $name ${way}`, async ({ provider, answer }) => {
    expect(await runNode(await project(files), { ...provider, ...more })).toEqual(answer)
  })

  it.each([
    { func: 'fail', message: `'fail' of '${module}' threw TypeError: no lamp.` },
    { func: 'failLater', message: `'failLater' of '${module}' threw Error: Who knows?` },
    { func: 'failOddly', message: `'failOddly' of '${module}' threw 'a text'.` },
    { func: 'failKnowingly', message: 'The lamp is gone.', hint: 'Buy one.' },
    {
      func: 'count',
      message: `Arguments of 'count' of '${module}': count: expected a number; and more.`,
      hint: 'Correct the arguments, or the schema that the function carries in its `args`.',
    },
    {
      func: 'dimForGood',
      message: "There is no exported function 'forgotten' to undo with.",
      hint: 'Export it from the same module.',
    },
    { func: 'Lamp', message: `'${module}' exports no function 'Lamp'.` },
    { func: 'number', message: `'${module}' exports no function 'number'.` },
    { func: 'toString', message: `'${module}' exports no function 'toString'.` },
    {
      module: './plain.js',
      func: 'fail',
      message: "'./plain.js' exports no function 'fail'.",
      hint: 'It exports the functions greet, hidden.',
    },
    { module: './missing.js', func: 'fail', message: "There is no file './missing.js'" },
    { func: '', message: "A 'node' provider needs a 'func'." },
  ])(`fails the activity: $func of $module ${way}`, async ({ message, hint, ...provider }) => {
    const running = runNode(await project(files), { module, ...provider, ...more })
    await expect(running).rejects.toMatchObject({
      code: 'SQUALL_ACTIVITY_FAILED',
      message: expect.stringContaining(message),
      ...(hint && { hint }),
    })
  })

  it(`keeps what was thrown as the cause ${way}`, async () => {
    const failed = await runNode(await project(files), { module, func: 'failLater', ...more }).catch(
      (error) => error,
    )
    expect(failed).toBeInstanceOf(ActivityFailed)
    expect(failed.cause).toMatchObject({
      message: 'Who knows?',
      stack: expect.stringContaining('probes.mjs'),
    })
    expect(failed.cause.cause).toMatchObject({ message: 'the fuse' })
  })

  it(`passes log lines on ${way}`, async () => {
    const context = new RememberingContext(await project(files))
    await runNode(context, { module, func: 'talk', ...more })
    expect(context.logged).toEqual([
      { level: 'debug', message: 'a', fields: undefined },
      { level: 'info', message: 'b', fields: { n: 1 } },
      { level: 'warn', message: 'c', fields: undefined },
    ])
  })

  it(`registers and amends an undo with the URL of the module ${way}`, async () => {
    const context = new RememberingContext(await project(files))
    await runNode(context, { module, func: 'dim', arguments: { lamp: 3 }, ...more })
    const url = expect.stringMatching(/^file:\/\/\/.*\/probes\.mjs$/)
    expect(context.undos).toEqual([
      {
        func: 'call',
        args: { module: url, func: 'brighten', arguments: { lamp: 3 } },
        amended: [{ module: url, func: 'brighten', arguments: { lamp: 3, was: 7 } }],
      },
    ])
  })

  it(`hands on as it is that an undo could not be recorded ${way}`, async () => {
    const context = new RememberingContext(await project(files))
    context.undoFailure = new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity: 'dim', reason: 'full' })
    await expect(runNode(context, { module, func: 'dim', ...more })).rejects.toBe(context.undoFailure)
  })

  it(`keeps arguments and configuration from being changed for others ${way}`, async () => {
    const context = new RememberingContext(await project(files))
    const given = { a: 1 }
    expect(await runNode(context, { module, func: 'meddle', arguments: given, ...more })).toEqual({ a: 2 })
    expect([given, context.configuration]).toEqual([{ a: 1 }, { region: 'north' }])
  })
}

it('answers with what JSON cannot hold for the core to refuse', async () => {
  const folder = await project({ 'odd.mjs': 'export const odd = () => new Map()' })
  expect(await runNode(folder, { module: './odd.mjs', func: 'odd' })).toEqual(new Map())
})

it('says that a module cannot be loaded, and why', async () => {
  const failed = await runNode(await project(files), { module: './broken.mjs', func: 'a' }).catch(
    (error) => error,
  )
  expect(failed.message).toMatch(/^'\.\/broken\.mjs' cannot be loaded: /)
  expect(failed.cause).toBeInstanceOf(Error)
})

it('loads a module once for many activities', async () => {
  const folder = await project({ 'counted.mjs': 'let calls = 0; export const next = () => ++calls' })
  const provider = nodeProvider()
  const context = new RememberingContext(folder)
  const call = callOf({ module: './counted.mjs', func: 'next' })
  expect([await provider.run(call, context), await provider.run(call, context)]).toEqual([1, 2])
})

it.each([
  { name: 'a function says', fn: 'steal.targets = ({ lamp }) => ["lamp " + lamp]', targets: ['lamp 3'] },
  {
    name: 'a function cannot say',
    fn: 'steal.targets = async () => ({ unknown: "dark" })',
    targets: { unknown: 'dark' },
  },
  {
    name: 'a function has no targets',
    fn: '',
    targets: { unknown: 'what a function touches cannot be known' },
  },
])('names what would be touched when $name', async ({ fn, targets }) => {
  const folder = await project({
    'thief.mjs': `export function steal() { throw new Error('called') }\n${fn}`,
  })
  const call = callOf({ module: './thief.mjs', func: 'steal', arguments: { lamp: 3 } })
  expect(await nodeProvider().targets(call, new RememberingContext(folder))).toEqual(targets)
})

it.each([
  {
    name: 'is of another shape',
    fn: '() => 3',
    message: "'steal.targets' of './thief.mjs' names no targets.",
  },
  {
    name: 'throws',
    fn: '() => { throw new Error("dark") }',
    message: "'steal.targets' of './thief.mjs' threw Error: dark.",
  },
])('fails when what the function says about targets $name', async ({ fn, message }) => {
  const folder = await project({ 'thief.mjs': `export function steal() {}; steal.targets = ${fn}` })
  const call = callOf({ module: './thief.mjs', func: 'steal' })
  await expect(nodeProvider().targets(call, new RememberingContext(folder))).rejects.toMatchObject({
    message,
  })
})
