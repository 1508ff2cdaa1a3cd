import { describe, expect, it } from 'vitest'
import { checkApiVersion } from './api-version.ts'

describe('an operation from 6.2 on', () => {
  it.each(['6.2', '6.4', '7', '11.2', '6.2-preview'])('takes %s', (version) => {
    expect(() => checkApiVersion(version, { from: 6.2 })).not.toThrow()
  })

  it.each([undefined, '', '6.1', '6.0', 'six', '6.2-beta', '-6.2', '6.2.1'])('refuses %s', (version) => {
    expect(() => checkApiVersion(version, { from: 6.2 })).toThrow('6.2 or later')
  })
})

it('refuses a version that is too new for an old operation', () => {
  expect(() => checkApiVersion('6.2', { from: 1, to: 6.1 })).toThrow('1.0 to 6.1')
  expect(() => checkApiVersion('6.1', { from: 1, to: 6.1 })).not.toThrow()
})
