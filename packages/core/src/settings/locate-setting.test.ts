import { describe, expect, it } from 'vitest'
import { locateSetting, removeSetting, replaceSetting } from './locate-setting.ts'

const settings = () => ({
  auths: { 'example.com': { type: 'basic', value: 'XYZ' }, 'a[1]b': 1 },
  controls: ['one', 'two', { deep: [1, 2] }],
  number: 3,
  nothing: null,
})

describe('locateSetting (spec 19)', () => {
  it.each([
    { name: 'a key', path: 'number', entry: 3 },
    { name: 'a key below another', path: 'auths.example\\.com.value', entry: 'XYZ' },
    { name: 'an item of a list', path: 'controls[1]', entry: 'two' },
    { name: 'a key below an item', path: 'controls[2].deep[0]', entry: 1 },
    { name: 'brackets in the middle of a key', path: 'auths.a[1]b', entry: 1 },
    { name: 'null', path: 'nothing', entry: null },
  ])('finds $name', ({ path, entry }) => {
    expect(locateSetting(settings(), path)?.entry).toEqual(entry)
  })

  it.each(['', 'none', 'auths.example.com', 'controls[3]', 'number[0]', 'number.more', 'auths.', 'toString'])(
    'finds nothing at %j',
    (path) => {
      expect(locateSetting(settings(), path)).toBeUndefined()
    },
  )
})

describe('replaceSetting and removeSetting', () => {
  it('replace what is there, also an item of a list', () => {
    const all = settings()
    expect([replaceSetting(all, 'number', { a: 1 }), replaceSetting(all, 'controls[0]', 1)]).toEqual([
      true,
      true,
    ])
    expect(all).toMatchObject({ number: { a: 1 }, controls: [1, 'two', {}] })
  })

  it('a key that is not there cannot be set, as in the reference', () => {
    const all = settings()
    expect(replaceSetting(all, 'fresh', 1)).toBe(false)
    expect(all).toEqual(settings())
  })

  it('remove a key or an item', () => {
    const all = settings()
    expect([removeSetting(all, 'auths'), removeSetting(all, 'controls[0]')]).toEqual([true, true])
    expect(removeSetting(all, 'none')).toBe(false)
    expect(all).toEqual({ controls: ['two', { deep: [1, 2] }], number: 3, nothing: null })
  })
})
