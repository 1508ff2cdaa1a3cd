import {
  type ActivityContext,
  defineUndo,
  isObject,
  type JsonObject,
  type JsonValue,
  type RegisteredUndo,
  type SchemaResult,
  type StandardSchema,
} from '@squall/contract'
import type { Caller } from './caller.ts'
import type { UndoOrder } from './messages.ts'
import { outcomeOf } from './outcome.ts'
import type { Workers } from './workers.ts'

/** Which function of which module takes an action back. It means the same in every process and folder. */
export interface UndoCall {
  readonly interpreter: string
  readonly directory: string
  /** `sys.path` of who registered it. */
  readonly path: readonly string[]
  readonly module: string
  readonly func: string
  readonly arguments: JsonObject
}

const text = { type: 'string' }
const jsonSchema = {
  type: 'object',
  required: ['interpreter', 'directory', 'path', 'module', 'func', 'arguments'],
  properties: {
    interpreter: { ...text, description: 'Path of the Python that registered it.' },
    directory: { ...text, description: 'Where it ran.' },
    path: { type: 'array', items: text, description: 'Where it looked for modules.' },
    module: { ...text, description: 'Dotted path of the module.' },
    func: { ...text, description: 'Name of the function.' },
    arguments: { type: 'object', description: 'Its keyword arguments.' },
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

/** The driver's one undo function: calls a function of Python in a fresh process. */
export const callUndo = (workers: Workers) =>
  defineUndo({
    summary: 'Calls a Python function in a fresh process.',
    args: undoCallSchema,
    async run({ interpreter, ...call }, { signal, log }) {
      const order = { do: 'call', ...call } as const
      const made = { ...call, interpreter, background: false }
      return workers.inOwn({ interpreter }, async (worker) => {
        const answer = outcomeOf(await worker.request(order, { log }, signal), made, {})
        return answer === 'not needed' ? 'not needed' : 'undone'
      })
    },
  })

/** How Python code of one call registers and amends undos. */
export function undoRegistrar(
  context: Pick<ActivityContext, 'undo'>,
  place: () => Pick<UndoCall, 'interpreter' | 'directory'>,
): NonNullable<Caller['undo']> {
  const registered = new Map<number, RegisteredUndo>()
  return async (key, { amends, module, func, arguments: args, path }: UndoOrder) => {
    const call = { ...place(), path: [...path], module, func, arguments: args }
    if (amends !== undefined) await registered.get(amends)?.amend(call as JsonValue)
    else registered.set(key, await context.undo('call', call as JsonValue))
  }
}

function checkUndoCall(value: unknown): SchemaResult<UndoCall> {
  if (!isObject(value)) return { issues: [{ message: 'expected an object' }] }
  const { interpreter, directory, path, module, func, arguments: args } = value
  const texts = Object.entries({ interpreter, directory, module, func }).filter(
    ([, is]) => typeof is !== 'string',
  )
  const issues = texts.map(([key]) => ({ message: 'expected a text', path: [key] }))
  if (!Array.isArray(path)) issues.push({ message: 'expected a list', path: ['path'] })
  if (!isObject(args)) issues.push({ message: 'expected an object', path: ['arguments'] })
  if (issues.length > 0) return { issues }
  return { value: { interpreter, directory, path, module, func, arguments: args } as UndoCall }
}
