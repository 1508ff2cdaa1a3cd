import { expect, it } from 'vitest'
import { checkProvider } from './check-provider.ts'

const check = (fields: Record<string, unknown>) => checkProvider({ type: 'http', ...fields } as never)
const url = 'http://h/'

it.each([
  { url },
  { url: '${base}/x', method: 'post', headers: { A: 'b', C: null }, arguments: 'x', verify_tls: false },
  { url, headers: null, timeout: null },
  { url, timeout: 1.5, max_retries: 3, unknown: {} },
  { url, timeout: [1, null] },
  { url, timeout: ['${connect}', 2] },
  { url, timeout: '${timeout}' },
])('accepts %j', (fields) => {
  expect(check(fields)).toEqual([])
})

it.each([
  { fields: {}, at: ['url'], level: 'error' },
  { fields: { url: '' }, at: ['url'], level: 'error' },
  { fields: { url: 5 }, at: ['url'], level: 'error' },
  { fields: { url, method: 5 }, at: ['method'], level: 'error' },
  { fields: { url, headers: ['A'] }, at: ['headers'], level: 'error' },
  { fields: { url, headers: 'A: b' }, at: ['headers'], level: 'error' },
  { fields: { url, headers: { A: 5 } }, at: ['headers', 'A'], level: 'warning' },
  { fields: { url, timeout: '5' }, at: ['timeout'], level: 'warning' },
  { fields: { url, timeout: 0 }, at: ['timeout'], level: 'warning' },
  { fields: { url, timeout: true }, at: ['timeout'], level: 'warning' },
  { fields: { url, timeout: [1] }, at: ['timeout'], level: 'warning' },
  { fields: { url, timeout: [1, '5'] }, at: ['timeout', 1], level: 'warning' },
  { fields: { url, max_retries: -1 }, at: ['max_retries'], level: 'warning' },
  { fields: { url, expected_status: 200 }, at: ['expected_status'], level: 'warning' },
])('finds $level at $at in $fields', ({ fields, at, level }) => {
  const [issue, ...more] = check(fields)
  expect(more).toEqual([])
  expect(issue?.path).toEqual(at)
  expect(issue?.level ?? 'error').toBe(level)
  expect(issue?.message).toMatch(/\.$/)
})

it('names every problem at once', () => {
  const fields = { headers: 5, timeout: 'x', method: 1, max_retries: 'y' }
  expect(check(fields).map(({ path }) => path[0])).toEqual([
    'url',
    'method',
    'headers',
    'timeout',
    'max_retries',
  ])
})
