import type { JsonSchema } from '@squall/contract'

const seconds = { type: 'number', exclusiveMinimum: 0 }
const variable = { type: 'string', pattern: '\\$' }

/** The provider object of an http activity. */
export const providerSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'url'],
  properties: {
    type: { const: 'http' },
    url: { type: 'string', description: 'Where to call; `${name}` is replaced.' },
    method: { type: 'string', default: 'GET', description: 'In any case; sent in capitals.' },
    headers: {
      type: 'object',
      additionalProperties: { type: ['string', 'null'] },
      description: 'Sent as they are; `${name}` is replaced. Null takes a default header away.',
    },
    arguments: {
      type: ['object', 'string', 'array', 'null'],
      description:
        'GET: the query. Other methods: JSON when the header `Content-Type` is `application/json`, else an object is a form and a text goes out as it is.',
    },
    timeout: {
      description: 'Seconds without an answer, or [connect, read]. Default: as long as it takes.',
      anyOf: [seconds, variable, { type: 'array', minItems: 2, maxItems: 2 }],
    },
    verify_tls: {
      type: ['boolean', 'string'],
      default: true,
      description: 'Whether to check the certificate of the server, or the path of the authorities to trust.',
    },
    max_retries: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description: 'How often to try again when no answer came.',
    },
    secrets: { type: 'array', items: { type: 'string' }, description: 'Accepted, not used.' },
  },
}
