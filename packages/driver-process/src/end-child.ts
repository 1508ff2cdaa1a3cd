import { defineUndo, type StandardSchema } from '@squall/contract'
import { Endings } from './endings.ts'
import type { Family, ProcessWorld } from './process-world.ts'

export interface EndChildArgs extends Family {
  /** The program ended by itself: what it left running stays. */
  readonly ended?: boolean
}

/** How long a killed process may take to be gone. */
const limitMs = 2000

/** Ends the program of an action that was cut off in the middle, with everything the program started. */
export const endChild = (world: ProcessWorld, endings = new Endings()) =>
  defineUndo({
    summary: 'End the program of an action that was cut off, with everything it started.',
    args: endChildArgs,
    async run({ ended, ...family }) {
      if (ended) return 'not needed'
      await endings.settled(family.tag)
      const { ended: killed, refused, remaining } = await world.end(family, limitMs)
      if (refused.length > 0) {
        throw new Error(`Process ${refused.join(', ')} belongs to another user and could not be ended.`)
      }
      if (remaining.length > 0) {
        throw new Error(`Process ${remaining.join(', ')} does not end, not even by SIGKILL.`)
      }
      return killed.length > 0 ? 'undone' : 'not needed'
    },
  })

const absentOr = (type: string) => (value: unknown) => value === undefined || typeof value === type

const fields: Record<keyof EndChildArgs, (value: unknown) => boolean> = {
  tag: (value) => typeof value === 'string',
  session: absentOr('number'),
  pid: absentOr('number'),
  startedAt: absentOr('string'),
  ended: absentOr('boolean'),
}

const jsonSchema = {
  type: 'object',
  required: ['tag'],
  properties: {
    tag: { type: 'string', description: 'What the environment of the child says in SQUALL_UNDO_TAG.' },
    session: { type: 'integer', description: 'The session the child was born into (Linux).' },
    pid: { type: 'integer', description: 'Only where a tag cannot be looked up.' },
    startedAt: { type: 'string', description: 'When the process of `pid` began.' },
    ended: { type: 'boolean', description: 'The program ended by itself: nothing is to be done.' },
  },
}

// Written by hand: a schema library would double what this driver costs to load.
const endChildArgs: StandardSchema<unknown, EndChildArgs> = {
  '~standard': {
    version: 1,
    vendor: 'squall',
    validate: (value) => {
      const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
      const wrong = Object.entries(fields).filter(([key, fits]) => !fits(given[key]))
      if (wrong.length === 0) return { value: given as unknown as EndChildArgs }
      return {
        issues: wrong.map(([key]) => ({ message: `'${key}' is missing or of a wrong type`, path: [key] })),
      }
    },
    jsonSchema: { input: () => jsonSchema, output: () => jsonSchema },
  },
}
