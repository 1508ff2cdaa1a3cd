import { expect, it } from 'vitest'
import { namePattern } from './name-pattern.ts'

it.each([
  { pattern: 'node', name: 'node', command: '/usr/bin/node server.js', hit: true },
  { pattern: 'node', name: 'MainThread', command: '/usr/bin/node server.js', hit: true },
  { pattern: 'redis', name: 'redis-server', command: 'redis-server *:6379', hit: false },
  { pattern: 'redis*', name: 'redis-server', command: 'redis-server *:6379', hit: true },
  { pattern: 'server.js', name: 'node', command: 'node server.js', hit: false },
  { pattern: '*server.js*', name: 'node', command: 'node --inspect server.js --port 1', hit: true },
  { pattern: 'node server?.js', name: 'node', command: 'node server2.js', hit: true },
  { pattern: 'node server?.js', name: 'node', command: 'node server.js', hit: false },
  { pattern: 'a.b', name: 'axb', command: '', hit: false },
  { pattern: '[worker]', name: '[worker]', command: '', hit: true },
  { pattern: '*one*two*', name: 'sh', command: 'sh -c one\ntwo', hit: true },
  { pattern: 'NODE', name: 'node', command: 'node', hit: false },
])('$pattern on $name / $command: $hit', ({ pattern, name, command, hit }) => {
  expect(namePattern(pattern)({ name, command })).toBe(hit)
})
