import { expect, it } from 'vitest'
import { labSettings } from './lab-options.ts'

it('fills in the numbers of the article', () => {
  expect(labSettings({})).toEqual({
    instances: 1,
    hosts: 5,
    keeper: false,
    gatewayPort: 5000,
    dataSourcePort: 8080,
    showDataPort: 8090,
    recoverWithinMs: 2000,
    recoverAfterMs: 0,
    unavailableStatus: 200,
  })
})

it.each([
  { name: 'ten instances fill a range', options: { instances: 10 } },
  { name: 'ranges may touch', options: { dataSourcePort: 8080, showDataPort: 8090, gatewayPort: 8079 } },
  { name: 'a range may end at the last port', options: { dataSourcePort: 65_526 } },
])('$name', ({ options }) => {
  expect(labSettings(options)).toMatchObject(options)
})

it.each([
  {
    name: 'eleven instances do not fit',
    options: { instances: 11 },
    code: 'LAB_RANGE_FULL',
    says: '11 instances',
  },
  { name: 'no instance', options: { instances: 0 }, code: 'LAB_OPTION', says: "'instances' is 0" },
  { name: 'half an instance', options: { instances: 1.5 }, code: 'LAB_OPTION', says: "'instances' is 1.5" },
  {
    name: 'ranges that overlap',
    options: { dataSourcePort: 8085, showDataPort: 8090 },
    code: 'LAB_RANGES_OVERLAP',
    says: 'the data source service (8085-8094) and of the show data service (8090-8099) overlap',
  },
  {
    name: 'a gateway inside a range',
    options: { gatewayPort: 8099 },
    code: 'LAB_RANGES_OVERLAP',
    says: 'the gateway (8099)',
  },
  {
    name: 'a range beyond the last port',
    options: { showDataPort: 65_530 },
    code: 'LAB_OPTION',
    says: "'showDataPort' is 65530",
  },
  {
    name: 'a gateway without a port',
    options: { gatewayPort: 0 },
    code: 'LAB_OPTION',
    says: "'gatewayPort' is 0",
  },
  {
    name: 'a promise the keeper cannot hold',
    options: { recoverWithinMs: 200 },
    code: 'LAB_OPTION',
    says: "'recoverWithinMs' is 200",
  },
  {
    name: 'a delay before the fault',
    options: { recoverAfterMs: -1 },
    code: 'LAB_OPTION',
    says: "'recoverAfterMs' is -1",
  },
])('refuses $name', ({ options, code, says }) => {
  const refused = expect.objectContaining({ name: 'LabError', code, message: expect.stringContaining(says) })
  expect(() => labSettings(options)).toThrow(refused)
})
