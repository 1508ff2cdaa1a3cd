import { expect, it } from 'vitest'
import { sampleOfPattern } from './pattern-sample.ts'

const any = (): boolean => true

it.each([
  '^[a-f0-9]{4}(-[A-Z]+)?$',
  '^\\d{3}-\\d{2}$',
  '^(?:red|green)$',
  '^[^a]+$',
  '^\\+?[1-9]\\d{1,14}$',
  '^(?=.*x)x{3,}$',
  '^v(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$',
  '^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$',
  '^(?<year>\\d{4})\\/q[1-4]$',
  '^.{10}$',
])('finds a text for %s', (pattern) => {
  const sample = sampleOfPattern(pattern, ['sample'], any)
  expect(sample).toMatch(new RegExp(pattern))
})

it('minds how long the text may be', () => {
  expect(sampleOfPattern('^[a-z]+$', ['sample'], (text) => text.length >= 12)).toMatch(/^[a-z]{12,}$/)
})

it('says so when it finds none', () => {
  expect(sampleOfPattern('^(?!)$', ['sample'], any)).toBeUndefined()
})
