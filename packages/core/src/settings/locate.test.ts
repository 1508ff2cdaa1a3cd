import { describe, expect, it } from 'vitest'
import { locate, settingPath } from './locate.ts'

const settings = {
  auths: { 'example.com': { type: 'bearer', value: 'XYZ' }, 'a[0]': 1, 'b\\c': 2 },
  notifications: [{ url: 'first' }, { url: 'second', codes: [[1, 2], [3]] }],
  nothing: null,
}

describe('locate (spec 19)', () => {
  it.each([
    { key: 'auths.example\\.com.value', entry: 'XYZ' },
    { key: 'notifications[1].url', entry: 'second' },
    { key: 'notifications[1].codes[0][1]', entry: 2 },
    { key: 'auths.a\\[0\\]', entry: 1 },
    { key: 'auths.b\\\\c', entry: 2 },
    { key: 'auths.b\\c', entry: 2 },
    { key: 'nothing', entry: null },
  ])('$key leads to $entry', ({ key, entry }) => {
    expect(locate(settings, key)).toMatchObject({ entry })
  })

  it.each([
    '',
    'auths.example.com',
    'auths.',
    '.auths',
    'auths..value',
    'notifications[2]',
    'notifications.0',
    'auths[0]',
    'nothing.more',
    'constructor',
    'auths.toString',
  ])("'%s' leads nowhere", (key) => {
    expect(locate(settings, key)).toBeUndefined()
  })

  it('hands out the parent, so that the entry can be replaced', () => {
    const found = locate(settings, 'notifications[0].url')
    expect(found?.parent).toBe(settings.notifications[0])
    expect(found?.path).toEqual(['notifications', 0, 'url'])
  })
})

it('reads a key that is empty between two dots as an empty name', () => {
  expect(settingPath('a..b.')).toEqual(['a', '', 'b', ''])
})
