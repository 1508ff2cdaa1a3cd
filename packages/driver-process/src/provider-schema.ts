import type { JsonSchema } from '@squall/contract'

const value = { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] }

/** The provider object of a process activity. */
export const providerSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'path'],
  properties: {
    type: { const: 'process' },
    path: {
      type: 'string',
      description: 'A program of the PATH, or the path of one. `~` is understood during the run only.',
    },
    arguments: {
      description:
        'A text is one shell command line. A list goes to the program as it is; null and empty texts are dropped.',
      anyOf: [
        { type: 'string' },
        { type: 'array', items: value },
        { type: 'object', additionalProperties: value, deprecated: true },
      ],
    },
    timeout: {
      type: 'number',
      minimum: 0,
      description:
        'Seconds; then the program is killed and the activity fails. Default: as long as it takes.',
    },
    grace: {
      type: 'number',
      minimum: 0,
      description:
        'squall only: seconds between SIGTERM and SIGKILL when the program has to end. Default: SIGKILL at once.',
    },
    secrets: { type: 'array', items: { type: 'string' }, description: 'Accepted, not used.' },
  },
}
