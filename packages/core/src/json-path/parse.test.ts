import { expect, it } from 'vitest'
import { parseJsonPath } from './parse.ts'

it.each([
  { path: 'foo[*].baz', why: "a path begins with '$' at column 1" },
  { path: '', why: "a path begins with '$' at column 1" },
  { path: '@.a', why: "a path begins with '$' at column 1" },
  { path: '$.', why: "a name or '*' is missing after '.' at column 3" },
  { path: '$.a-b', why: "unexpected '-' at column 4" },
  { path: '$.0', why: "a name or '*' is missing after '.' at column 3" },
  { path: '$a', why: "unexpected 'a' at column 2" },
  { path: "$['a']", why: 'an index, a name in double quotes, a slice or a filter is missing at column 3' },
  { path: '$[]', why: 'an index, a name in double quotes, a slice or a filter is missing at column 3' },
  { path: '$[0', why: "']' is missing at column 4" },
  { path: '$[0 1]', why: "']' is missing at column 5" },
  { path: '$[?@.a = 1]', why: "'(' is missing at column 4" },
  { path: '$[?(@.a == 1)]', why: 'a path or a JSON value is missing at column 10' },
  { path: '$[?(@.a = )]', why: 'a path or a JSON value is missing at column 11' },
  { path: "$[?(@.a = 'x')]", why: 'a path or a JSON value is missing at column 11' },
  { path: '$[?(@.a = 1]', why: "')' is missing at column 12" },
  { path: '$[?(metric.alertname = "x")]', why: 'a path or a JSON value is missing at column 5' },
  { path: '$[?(@.a = {"b"})]', why: "':' is missing at column 15" },
  { path: '$[?(@.a = {b: 1})]', why: 'a key in double quotes is missing at column 12' },
  { path: '$.charAt(0', why: "',' is missing at column 11" },
])('$path does not parse', ({ path, why }) => {
  expect(() => parseJsonPath(path)).toThrow(new SyntaxError(`${why} of '${path}'`))
})

it('refuses what is nested without end', () => {
  expect(() => parseJsonPath(`$[?${'('.repeat(100_000)}`)).toThrow(/nested/)
})
