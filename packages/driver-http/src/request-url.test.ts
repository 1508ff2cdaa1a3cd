import { expect, it } from 'vitest'
import { requestUrl, shownUrl } from './request-url.ts'

it.each([
  ['http://h', '', 'http://h/'],
  ['HTTP://H/X', '', 'http://h/X'],
  [' http://h/x', '', 'http://h/x'],
  ['http://h?x=1', 'k=v+w', 'http://h/?x=1&k=v+w'],
  ['http://h/x?#part', 'k=v', 'http://h/x?k=v'],
  ['http://h/a/../b/./c', '', 'http://h/b/c'],
  ['http://h/a b/{c}|d/%zz', '', 'http://h/a%20b/%7Bc%7D%7Cd/%25zz'],
  ['http://h/?q=a b|c&r={x}"<>\\^`', '', 'http://h/?q=a%20b%7Cc&r=%7Bx%7D%22%3C%3E%5C%5E%60'],
  ['http://h/é?ü=[1]', '', 'http://h/%C3%A9?%C3%BC=%5B1%5D'],
  ['http://h/a%2fb', '', 'http://h/a%2fb'],
  ['http://h//double//x', '', 'http://h//double//x'],
  ['http://h/100%', 'x={y}|z', 'http://h/100%25?x=%7By%7D%7Cz'],
  ['http://[::1]:8080/', '', 'http://[::1]:8080/'],
])('%s with the query %j is %s', (text, query, url) => {
  expect(requestUrl(text, query).href).toBe(url)
})

it.each([
  'h/x',
  'ftp://h/',
  'http://',
  'http:///x',
  'http:h',
  'http://ex ample/',
  'http://h:99999/',
  '',
  null,
])('%j is no address', (text) => {
  expect(() => requestUrl(text)).toThrow(/no http address|no valid URL|is a text/)
})

it('is shown without user and password', () => {
  expect(shownUrl(requestUrl('http://user:p%40ss@h/x?y'))).toBe('http://h/x?y')
})
