import { expect, it } from 'vitest'
import type { Problem } from './problem.ts'
import { toldOnce } from './told-once.ts'

const problem = (at: string, more: Partial<Problem> = {}): Problem => ({
  level: 'error',
  code: 'python-module',
  path: [],
  message: 'not there',
  hint: 'Install it.',
  at,
  once: true,
  ...more,
})

it('leaves the first of what is mended once, with the other places', () => {
  const other = problem('f:2:1', { message: 'another' })
  const found = [problem('f:1:1'), other, problem('f:3:1', { activity: 'act' }), problem('f:4:1')]
  expect(toldOnce(found)).toEqual([
    { ...found[0], also: [{ at: 'f:3:1', activity: 'act' }, { at: 'f:4:1' }] },
    other,
  ])
})

it('leaves alone what is mended at each place, and what says something else', () => {
  const each = { once: false }
  const found = [
    problem('f:1:1', each),
    problem('f:2:1', each),
    problem('f:3:1'),
    problem('f:4:1', { hint: 'b' }),
  ]
  expect(toldOnce(found)).toEqual(found)
})
