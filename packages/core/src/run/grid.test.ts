import { describe, expect, it } from 'vitest'
import { nextPoint } from './grid.ts'

describe('the next point of a grid of 10', () => {
  it.each([
    { name: 'in time', last: 0, elapsed: 3, next: 1 },
    { name: 'at the point itself', last: 0, elapsed: 10, next: 1 },
    { name: 'a little late, as on a busy machine', last: 0, elapsed: 12.5, next: 1 },
    { name: 'too late: that point is skipped', last: 0, elapsed: 12.6, next: 2 },
    { name: 'many too late: none is made up for', last: 3, elapsed: 87, next: 9 },
    { name: 'a timer that fired early does not make a point come twice', last: 4, elapsed: 39.6, next: 5 },
  ])('$name', ({ last, elapsed, next }) => {
    expect(nextPoint(last, elapsed, 10)).toBe(next)
  })

  it('without a period there is no grid', () => {
    expect(nextPoint(0, 87, 0)).toBe(0)
  })
})
