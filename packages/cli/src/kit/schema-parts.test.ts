import { expect, it } from 'vitest'
import { atHome, withVariables } from './schema-parts.ts'

it('lets a reference mean the same in a larger schema', () => {
  const schema = {
    type: 'object',
    properties: { a: { $ref: '#/$defs/a' } },
    $defs: { a: { type: 'string' } },
  }
  expect(atHome(schema, 'shop').properties).toEqual({ a: { $ref: '#/$defs/shop/$defs/a' } })
  expect(atHome({ $ref: 'https://example.com/a.json' }, 'shop')).toEqual({
    $ref: 'https://example.com/a.json',
  })
})

it('accepts a variable for the whole, for a field and for an entry', () => {
  const list = { type: 'array', items: { type: 'number' } }
  const variable = expect.objectContaining({ pattern: '\\$\\{' })
  const written = withVariables({ type: 'object', properties: { ports: list } })
  const items = { anyOf: [{ type: 'number' }, variable] }
  const ports = { anyOf: [{ type: 'array', items }, variable] }
  expect(written).toEqual({ anyOf: [{ type: 'object', properties: { ports } }, variable] })
})
