import type { JsonSchema } from '@squall/contract'

const text = { type: 'string' }
const list = { type: 'array' }
const seconds = {
  anyOf: [{ type: 'number' }, { type: 'string', pattern: '\\$' }],
  description: 'Seconds, or `${name}` of a configuration value.',
}
const count = {
  anyOf: [
    { type: 'integer', minimum: 1 },
    { type: 'string', pattern: '\\$' },
  ],
  description: 'How often, or `${name}` of a configuration value.',
}
const onFailure = {
  enum: ['continue', 'stop', 'abort'],
  description: 'What a failure does to the run (squall).',
}
const moment = { enum: ['always', 'completed', 'deviated', 'failed', 'interrupted', 'aborted'] }
const tolerance = {
  description: 'What the output has to be: a value, a list, or an object of a type.',
  anyOf: [
    { type: ['boolean', 'integer', 'string', 'array'] },
    {
      type: 'object',
      required: ['type'],
      properties: { type: { enum: ['probe', 'regex', 'jsonpath', 'range'] } },
      if: { properties: { type: { const: 'probe' } } },
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      then: { properties: { provider: { $ref: '#/$defs/provider' } } },
    },
  ],
}

/** What squall asks of an activity beyond the format (docs/experiment-keys.md). */
const ownKeys = {
  keep: { type: 'boolean', description: 'Leaves the effect on purpose (squall).' },
  max_duration: { ...seconds, description: 'Seconds after which it is ended and fails (squall).' },
  undo: {
    type: 'object',
    properties: { after: seconds },
    additionalProperties: false,
    description: 'When it is taken back (squall). Default: at the end of the run.',
  },
  until: {
    type: 'object',
    required: ['timeout'],
    properties: { tolerance, interval: seconds, timeout: seconds },
    additionalProperties: false,
    description: 'Asks a probe until its tolerance holds (squall).',
  },
  retry: {
    type: 'object',
    required: ['attempts'],
    properties: { attempts: count, interval: seconds },
    additionalProperties: false,
    description: 'Tries again what failed (squall).',
  },
  repeat: {
    type: 'object',
    required: ['count'],
    properties: {
      count,
      interval: seconds,
      while: {
        anyOf: [
          { enum: ['succeeded', 'failed'] },
          { type: 'object', required: ['tolerance'], properties: { tolerance } },
        ],
      },
    },
    additionalProperties: false,
    description: 'Plays it several times (squall).',
  },
  evaluate: { type: 'boolean', description: 'Holds a probe of the method to its tolerance (squall).' },
  onFailure,
  when: {
    anyOf: [moment, { type: 'array', items: moment }],
    description: 'How the run has to have ended for this rollback (squall).',
  },
}

const activity = {
  type: 'object',
  if: { required: ['ref'] },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { properties: { ref: { type: 'string', minLength: 1 } } },
  else: { required: ['type', 'name', 'provider'] },
  properties: {
    type: { enum: ['probe', 'action'] },
    name: text,
    ref: { description: 'The name of an activity of the method or the hypothesis.' },
    provider: { $ref: '#/$defs/provider' },
    tolerance,
    background: { type: 'boolean', description: 'Runs beside what follows.' },
    pauses: { type: ['object', 'null'], properties: { before: seconds, after: seconds } },
    controls: list,
    ...ownKeys,
  },
}

/** The format, key by key. Keys it does not know are accepted at every level, as everywhere in squall. */
export const experimentShape: JsonSchema = {
  type: 'object',
  required: ['title', 'description', 'method'],
  properties: {
    title: text,
    description: text,
    tags: { anyOf: [text, { type: 'array', items: text }] },
    configuration: { type: 'object' },
    secrets: { type: 'object' },
    extensions: list,
    contributions: { type: 'object' },
    controls: list,
    'steady-state-hypothesis': {
      type: 'object',
      required: ['title'],
      properties: {
        title: text,
        probes: { type: 'array', items: { $ref: '#/$defs/activity' } },
        controls: list,
      },
    },
    method: { type: 'array', items: { $ref: '#/$defs/activity' } },
    rollbacks: { type: 'array', items: { $ref: '#/$defs/activity' } },
    runtime: {
      type: 'object',
      properties: {
        rollbacks: {
          type: 'object',
          properties: { strategy: { enum: ['default', 'always', 'never', 'deviated'] } },
        },
        hypothesis: { type: 'object', properties: { strategy: text, after_rollbacks: { type: 'boolean' } } },
      },
    },
  },
  $defs: { activity },
}
