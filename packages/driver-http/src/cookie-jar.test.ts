import { expect, it } from 'vitest'
import { CookieJar } from './cookie-jar.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

it.each([
  { name: 'goes back to its host', set: 'a=1', to: 'http://h.example/x', cookie: 'a=1' },
  { name: 'not to another host', set: 'a=1', to: 'http://other.example/x', cookie: undefined },
  { name: 'not to a host below', set: 'a=1', to: 'http://sub.h.example/x', cookie: undefined },
  {
    name: 'to hosts below its domain',
    set: 'a=1; Domain=.example.org',
    from: 'http://h.example.org/',
    to: 'http://g.example.org/',
    cookie: 'a=1',
  },
  {
    name: 'not for a domain that is not ours',
    set: 'a=1; Domain=other.example',
    to: 'http://other.example/',
    cookie: undefined,
  },
  {
    name: 'not for a top-level domain',
    set: 'a=1; Domain=example',
    to: 'http://g.example/',
    cookie: undefined,
  },
  {
    name: 'below the folder that set it',
    set: 'a=1',
    from: 'http://h.example/one/x',
    to: 'http://h.example/one/y',
    cookie: 'a=1',
  },
  {
    name: 'not beside it',
    set: 'a=1',
    from: 'http://h.example/one/x',
    to: 'http://h.example/two',
    cookie: undefined,
  },
  { name: 'for its path', set: 'a=1; Path=/api', to: 'http://h.example/api/x', cookie: 'a=1' },
  {
    name: 'not for a path that begins alike',
    set: 'a=1; Path=/api',
    to: 'http://h.example/apix',
    cookie: undefined,
  },
  { name: 'secure over https', set: 'a=1; Secure', to: 'https://h.example/', cookie: 'a=1' },
  { name: 'not secure over http', set: 'a=1; Secure', to: 'http://h.example/', cookie: undefined },
  {
    name: 'until it expires',
    set: 'a=1; Expires=Fri, 02 Jan 2026 00:00:00 GMT',
    to: 'http://h.example/',
    cookie: 'a=1',
  },
  {
    name: 'not when it has expired',
    set: 'a=1; Expires=Wed, 31 Dec 2025 00:00:00 GMT',
    to: 'http://h.example/',
    cookie: undefined,
  },
  { name: 'not with an age of nothing', set: 'a=1; Max-Age=0', to: 'http://h.example/', cookie: undefined },
  { name: 'whatever its value holds', set: 'a="x=y"; HttpOnly', to: 'http://h.example/', cookie: 'a="x=y"' },
  { name: 'not without a name', set: '=1', to: 'http://h.example/', cookie: undefined },
])('a cookie goes $name', ({ set, from = 'http://h.example/', to, cookie }) => {
  const jar = new CookieJar(() => now)
  jar.keep(new URL(from), [['set-cookie', set]])
  expect(jar.headerFor(new URL(to))).toBe(cookie)
})

it('a later one of the same name takes the place of the earlier, or its leave', () => {
  const url = new URL('http://h.example/')
  const jar = new CookieJar(() => now)
  jar.keep(url, [
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ])
  jar.keep(url, [
    ['Set-Cookie', 'a=3'],
    ['Set-Cookie', 'b=; Max-Age=0'],
  ])
  expect(jar.headerFor(url)).toBe('a=3')
})
