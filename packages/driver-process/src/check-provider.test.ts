import { expect, it } from 'vitest'
import { checkProvider } from './check-provider.ts'

const world = { environment: process.env, platform: process.platform }
const check = (fields: Record<string, unknown>) =>
  checkProvider({ type: 'process', ...fields } as never, world)

it.each([
  { name: 'a program of the PATH', fields: { path: 'sh' } },
  {
    name: 'a list, a timeout, unknown keys',
    fields: { path: 'sh', arguments: [1], timeout: 1.5, extra: {} },
  },
  { name: 'a command line and a grace', fields: { path: '/bin/sh', arguments: '-c true', grace: 2 } },
  { name: 'a timeout that is null', fields: { path: 'sh', timeout: null } },
  { name: 'a timeout in the past, which is over at once', fields: { path: 'sh', timeout: -1 } },
])('accepts $name', ({ fields }) => {
  expect(check(fields)).toEqual([])
})

it.each([
  { name: 'no path', fields: {}, at: ['path'], says: 'needs a `path`' },
  { name: 'an empty path', fields: { path: '' }, at: ['path'], says: 'needs a `path`' },
  { name: 'a path that is no text', fields: { path: 5 }, at: ['path'], says: 'needs a `path`' },
  {
    name: 'a program nobody has',
    fields: { path: 'surely-not-here' },
    at: ['path'],
    says: "'surely-not-here'",
  },
  { name: 'a home folder', fields: { path: '~/x' }, at: ['path'], says: "'~/x' was not found" },
  { name: 'a negative grace', fields: { path: 'sh', grace: -1 }, at: ['grace'], says: 'not -1' },
])('refuses $name', ({ fields, at, says }) => {
  const [issue, ...more] = check(fields)
  expect(more).toEqual([])
  expect(issue).toMatchObject({ path: at, message: expect.stringContaining(says) })
  expect(issue?.level ?? 'error').toBe('error')
})

it.each([
  { name: 'null arguments', fields: { path: 'sh', arguments: null }, at: ['arguments'], says: 'not null' },
  { name: 'a text as timeout', fields: { path: 'sh', timeout: '5' }, at: ['timeout'], says: 'not "5"' },
])('lets $name pass as the reference does, with a warning', ({ fields, at, says }) => {
  expect(check(fields)).toEqual([
    expect.objectContaining({ path: at, level: 'warning', message: expect.stringContaining(says) }),
  ])
})

it('names every problem at once', () => {
  expect(check({ arguments: 5, timeout: 'x', grace: 'y' }).map(({ path }) => path[0])).toEqual([
    'path',
    'arguments',
    'timeout',
    'grace',
  ])
})

it('warns of arguments as an object and writes them as a list', () => {
  expect(check({ path: 'sh', arguments: { '-c': 'true' } })).toEqual([
    expect.objectContaining({ level: 'warning', hint: 'Write the same as a list: ["-c","true"].' }),
  ])
})
