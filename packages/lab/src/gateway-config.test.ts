import { expect, it } from 'vitest'
import { parseGatewayConfig, withBackend, withoutBackend } from './gateway-config.ts'

const config = { datasource: ['http://127.0.0.1:8080'], datashow: ['http://127.0.0.1:8090'] }

it("reads the article's format", () => {
  expect(parseGatewayConfig(JSON.stringify(config), 'gateway.json')).toEqual(config)
})

it.each([
  { name: 'text that is not JSON', text: '{"datasource": [', says: 'JSON' },
  { name: 'a list', text: '[]', says: "'datasource' is not a list of http URLs" },
  { name: 'null', text: 'null', says: 'it is not an object' },
  { name: 'a missing key', text: '{"datasource": []}', says: "'datashow' is not a list of http URLs" },
  {
    name: 'a port instead of a URL',
    text: '{"datasource": [8080], "datashow": []}',
    says: "'datasource' is not a list of http URLs",
  },
  {
    name: 'another scheme',
    text: '{"datasource": ["file:///etc/hosts"], "datashow": []}',
    says: "'datasource' is not a list of http URLs",
  },
])('refuses $name', ({ text, says }) => {
  const refused = expect.objectContaining({
    code: 'LAB_CONFIGURATION',
    message: expect.stringMatching(new RegExp(`'gateway.json' cannot be used.*${says}`)),
  })
  expect(() => parseGatewayConfig(text, 'gateway.json')).toThrow(refused)
})

it('adds and removes a backend under the key of its service', () => {
  const added = withBackend(config, 'showdata', 'http://127.0.0.1:8091')
  expect(added).toEqual({ ...config, datashow: ['http://127.0.0.1:8090', 'http://127.0.0.1:8091'] })
  expect(withBackend(added, 'showdata', 'http://127.0.0.1:8091')).toEqual(added)
  expect(withoutBackend(added, 'showdata', 'http://127.0.0.1:8091')).toEqual(config)
})
