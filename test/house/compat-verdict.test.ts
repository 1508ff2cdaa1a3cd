import { expect, it } from 'vitest'
import { verdictOf } from '../compat/verdict.mjs'

const results = [
  { id: 'http/get', ok: true },
  { id: 'http/post', ok: false },
  { id: 'run/flow', ok: true },
  { id: 'python/call', ok: false },
  { id: 'python/raise', ok: true },
]

it('takes a failing case of a gated area as unexpected', () => {
  const verdict = verdictOf(results, [], ['http', 'run'])
  expect(verdict).toMatchObject({ passed: 2, total: 3, known: 0, outdated: [] })
  expect(verdict.unexpected.map(({ id }: { id: string }) => id)).toEqual(['http/post'])
})

it('accepts a failing case that is known, with its reason', () => {
  const verdict = verdictOf(
    results,
    [{ id: 'http/post', reason: 'waits for the parity issue' }],
    ['http', 'run'],
  )
  expect(verdict).toMatchObject({ passed: 2, total: 3, known: 1, unexpected: [], outdated: [] })
})

it.each([
  { entry: { id: 'http/get', reason: 'once failed' }, why: 'passes now' },
  { entry: { id: 'http/gone', reason: 'was renamed' }, why: 'is no case of these areas' },
  { entry: { id: 'python/call', reason: 'not gated' }, why: 'is no case of these areas' },
  { entry: { id: 'http/post', reason: '' }, why: 'has no reason' },
])('refuses an entry that $why', ({ entry, why }) => {
  expect(verdictOf(results, [entry], ['http', 'run']).outdated).toEqual([{ id: entry.id, why }])
})

it('counts the other areas and lets them fail', () => {
  expect(verdictOf(results, [], ['run'])).toMatchObject({
    unexpected: [],
    others: [
      { area: 'http', passed: 1, total: 2 },
      { area: 'python', passed: 1, total: 2 },
    ],
  })
})
