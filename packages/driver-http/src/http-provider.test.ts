import { expect, it } from 'vitest'
import driver from './index.ts'

const { http } = driver.providers
const context = {} as never
const callOf = (fields: object) => ({
  provider: { type: 'http', ...fields },
  kind: 'action' as const,
  activity: 'act',
  hasTolerance: false,
})

it.each([
  { fields: { url: 'http://me:pw@h:81/secret?x', method: 'post' }, targets: ['POST http://h:81'] },
  { fields: { url: 'https://h/x' }, targets: ['GET https://h'] },
  {
    fields: { url: '${base}/x' },
    targets: { unknown: expect.stringContaining("'${base}/x' is no http address") },
  },
])('targets are method and origin: $fields', async ({ fields, targets }) => {
  expect(await http.targets(callOf(fields), context)).toEqual(targets)
})

it('replaces variables in url, headers and timeout', () => {
  expect(http.substituted).toEqual(['url', 'headers', 'timeout'])
})
