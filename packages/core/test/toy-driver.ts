import {
  ActivityFailed,
  type Clock,
  type Driver,
  defineAction,
  defineDriver,
  defineProbe,
  defineProvider,
  defineUndo,
  type JsonValue,
} from '@squall/contract'
import { z } from 'zod'

/** What happened, in order, as `start NAME`, `end NAME`, ... */
export type Trace = string[]

export interface ToyDriver {
  readonly driver: Driver
  readonly trace: Trace
}

const thing = z.strictObject({ thing: z.string() })

/** A driver that changes nothing but its own trace. */
export function toyDriver(): ToyDriver {
  const trace: Trace = []
  const driver = defineDriver({
    name: 'toy',
    contract: 1,
    summary: 'Does as it is told.',
    activities: { ...probes(), ...actions(trace), ...harms(trace) },
    undo: undos(trace),
    providers: { raw: rawProvider() },
    controls: { quiet: { summary: 'Does nothing.', open: async () => ({ hooks: {} }) } },
    aliases: [
      {
        provider: 'python',
        module: 'toys.actions',
        functions: { take: { provider: 'toy', func: 'take' } },
      },
    ],
  })
  return { driver, trace }
}

function probes() {
  return {
    answer: defineProbe({
      summary: 'Answers with its argument.',
      args: z.strictObject({ value: z.json().default(null) }),
      run: async ({ value }) => value,
    }),
    chance: defineProbe({
      summary: 'Answers with a number of chance.',
      args: z.strictObject({}),
      run: async (_args, { random }) => random.next(),
    }),
    context: defineProbe({
      summary: 'Answers with what it was handed.',
      args: z.strictObject({}),
      run: async (_args, { configuration, secrets, directory }) => ({ configuration, secrets, directory }),
    }),
    large: defineProbe({
      summary: 'Whether a value is large.',
      args: z.strictObject({ value: z.number(), from: z.number().default(10) }),
      run: async ({ value, from }) => value >= from,
    }),
  }
}

function actions(trace: Trace) {
  return {
    take: defineAction({
      summary: 'Takes some seconds, unless it is told to end.',
      args: z.strictObject({ name: z.string(), seconds: z.number().default(0) }),
      targets: async ({ name }) => [name],
      run: async ({ name, seconds }, { clock, signal }) => {
        trace.push(`start ${name}`)
        await sleepOrTrace(clock, seconds, signal, name, trace)
        trace.push(`end ${name}`)
        return name
      },
    }),
    refuse_to_stop: defineAction({
      summary: 'Takes some seconds, whatever it is told.',
      args: z.strictObject({ name: z.string(), seconds: z.number() }),
      targets: async () => ({ unknown: 'it does not say' }),
      run: async ({ name, seconds }, { clock }) => {
        trace.push(`start ${name}`)
        await clock.sleep(seconds * 1000)
        trace.push(`end ${name}`)
        return name
      },
    }),
    fail: defineAction({
      summary: 'Fails.',
      args: z.strictObject({ reason: z.string().default('it was told to') }),
      targets: async () => [],
      run: async ({ reason }): Promise<null> => {
        throw new ActivityFailed(reason)
      },
    }),
    say: defineAction({
      summary: 'Talks to the log.',
      args: z.strictObject({ words: z.string() }),
      targets: async () => [],
      run: async ({ words }, { log }) => {
        log.info(words, { loud: true })
        return null
      },
    }),
  }
}

async function sleepOrTrace(
  clock: Clock,
  seconds: number,
  signal: AbortSignal,
  name: string,
  trace: Trace,
): Promise<void> {
  if (seconds === 0) return
  await clock.sleep(seconds * 1000, signal).catch((reason: unknown) => {
    trace.push(`stop ${name}`)
    throw reason
  })
}

function harms(trace: Trace) {
  return {
    harm: defineAction({
      summary: 'Breaks a thing, and knows how to mend it.',
      args: z.strictObject({
        thing: z.string(),
        amended: z.string().optional(),
        seconds: z.number().default(0),
        undo: z.string().default('mend'),
      }),
      undoneBy: ['mend', 'mend_badly', 'mend_never'],
      targets: async ({ thing: target }) => [target],
      run: async ({ thing: target, amended, seconds, undo }, context) => {
        const registered = await context.undo(undo, { thing: target })
        trace.push(`break ${target}`)
        if (amended !== undefined) await registered.amend({ thing: amended })
        await sleepOrTrace(context.clock, seconds, context.signal, target, trace)
        return target
      },
    }),
  }
}

function undos(trace: Trace) {
  return {
    mend: defineUndo({
      summary: 'Mends a thing.',
      args: thing,
      run: async ({ thing: target }) => {
        if (target === 'nothing') return 'not needed'
        trace.push(`mend ${target}`)
        return 'undone'
      },
    }),
    mend_slowly: defineUndo({
      summary: 'Takes a second to mend a thing, unless it is told to end.',
      args: thing,
      run: async ({ thing: target }, { clock, signal }): Promise<'undone'> => {
        await clock.sleep(1000, signal)
        trace.push(`mend ${target}`)
        return 'undone'
      },
    }),
    mend_badly: defineUndo({
      summary: 'Cannot mend.',
      args: thing,
      run: async ({ thing: target }): Promise<'undone'> => {
        trace.push(`try ${target}`)
        throw new Error(`${target} is beyond repair.`)
      },
    }),
    mend_never: defineUndo({
      summary: 'Never gets done.',
      args: thing,
      run: ({ thing: target }) => {
        trace.push(`try ${target}`)
        return new Promise<never>(() => {})
      },
    }),
  }
}

/** A provider type of its own, whose errors nobody foresaw. */
function rawProvider() {
  return defineProvider({
    summary: 'Does what its fields say.',
    schema: { type: 'object' },
    substituted: ['say'],
    undoSummary: 'There is nothing to undo.',
    validate: async (provider) =>
      provider['say'] === undefined ? [{ path: ['say'], message: 'It says nothing.' }] : [],
    run: async ({ provider }, { undo }) => {
      if (typeof provider['crash'] === 'string') throw new TypeError(provider['crash'])
      if (typeof provider['undo'] === 'string') await undo(provider['undo'], { thing: 'raw' })
      return (provider['say'] ?? provider.arguments ?? null) as JsonValue
    },
    targets: async ({ provider }) => [String(provider['say'])],
  })
}
