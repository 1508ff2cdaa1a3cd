import {
  type ActivityContext,
  ActivityFailed,
  defineUndo,
  isObject,
  type JsonValue,
  type RegisteredUndo,
  type SchemaResult,
  type StandardSchema,
} from '@squall/contract'
import { loadFunction } from './load-function.ts'
import { thrownFailure } from './thrown-error.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Which exported function of which module takes an action back. */
export interface UndoCall {
  /** A file URL, or a builtin: it means the same in every process and folder. */
  readonly module: string
  readonly func: string
  readonly arguments: JsonValue
}

const jsonSchema = {
  type: 'object',
  required: ['module', 'func'],
  properties: {
    module: { type: 'string', description: 'File URL of the module.' },
    func: { type: 'string', description: 'Name of the exported function.' },
    arguments: { description: 'What the function gets as its first argument.' },
  },
  additionalProperties: false,
}

// Written by hand: a schema library would be the only dependency of this driver.
const undoCallSchema: StandardSchema<unknown, UndoCall> = {
  '~standard': {
    version: 1,
    vendor: 'squall',
    validate: checkUndoCall,
    jsonSchema: { input: () => jsonSchema, output: () => jsonSchema },
  },
}

/** The driver's one undo function: calls a function of the module that registered it. */
export const call = defineUndo({
  summary: 'Calls an exported function of the module that registered it.',
  args: undoCallSchema,
  async run({ module, func, arguments: args }, { signal, log }) {
    signal.throwIfAborted()
    const loaded = await loadFunction({ module, func }, '')
    try {
      const context = { signal, log, configuration: {}, secrets: {}, undo: refuseUndo }
      const answer = await unlessAborted(Promise.resolve(loaded.fn(args, context)), signal)
      return answer === 'not needed' ? 'not needed' : 'undone'
    } catch (error) {
      signal.throwIfAborted()
      throw thrownFailure(loaded, error)
    }
  },
})

/** Registers such a call; amending it replaces the function's arguments. */
export async function registerUndo(context: ActivityContext, undo: UndoCall): Promise<RegisteredUndo> {
  const registered = await context.undo('call', { ...undo })
  return { amend: (args) => registered.amend({ ...undo, arguments: args }) }
}

async function refuseUndo(): Promise<never> {
  throw new ActivityFailed('An undo cannot itself be undone.')
}

function checkUndoCall(value: unknown): SchemaResult<UndoCall> {
  if (!isObject(value)) return { issues: [{ message: 'expected an object' }] }
  const { module, func } = value
  const issues = Object.entries({ module, func })
    .filter(([, text]) => typeof text !== 'string')
    .map(([key]) => ({ message: 'expected a text', path: [key] }))
  if (issues.length > 0) return { issues }
  const args = (value['arguments'] ?? null) as JsonValue
  return { value: { module: String(module), func: String(func), arguments: args } }
}
