import { expect, it } from 'vitest'
import { BackendPool } from './backend-pool.ts'

function poolOf(...urls: string[]): BackendPool {
  const pool = new BackendPool(500)
  pool.follow(urls)
  return pool
}

it('goes round', () => {
  const pool = poolOf('a', 'b', 'c')
  const orders = [1, 2, 3, 4].map(() => pool.nextOrder().join(''))
  expect(orders).toEqual(['abc', 'bca', 'cab', 'abc'])
})

it('asks a marked backend last, whoever is next', () => {
  const pool = poolOf('a', 'b', 'c')
  pool.markFailed('a', 0)
  expect([1, 2, 3].map(() => pool.nextOrder().join(''))).toEqual(['bca', 'cba', 'bca'])
})

it('still asks when all are marked', () => {
  const pool = poolOf('a')
  pool.markFailed('a', 0)
  expect(pool.nextOrder()).toEqual(['a'])
})

it('takes a backend back once it answers', () => {
  const pool = poolOf('a', 'b')
  pool.markFailed('a', 0)
  expect(pool.markAnswered('a')).toBe(true)
  expect(pool.markAnswered('a')).toBe(false)
  expect(pool.view()).toEqual([
    { url: 'a', answers: true },
    { url: 'b', answers: true },
  ])
})

it('tells a mark once', () => {
  const pool = poolOf('a')
  expect(pool.markFailed('a', 0)).toBe(true)
  expect(pool.markFailed('a', 1)).toBe(false)
  expect(pool.markFailed('unlisted', 1)).toBe(false)
})

it('has marked backends looked at once per cool-down', () => {
  const pool = poolOf('a', 'b')
  pool.markFailed('a', 1000)
  expect(pool.takeDue(1499)).toEqual([])
  expect(pool.takeDue(1500)).toEqual(['a'])
  expect(pool.takeDue(1600)).toEqual([])
  expect(pool.takeDue(2000)).toEqual(['a'])
})

it('keeps marks when the list changes, and forgets those of backends that left', () => {
  const pool = poolOf('a', 'b')
  pool.markFailed('a', 0)
  pool.markFailed('b', 0)
  pool.follow(['b', 'c'])
  expect(pool.nextOrder()).toEqual(['c', 'b'])
  pool.follow(['a', 'c'])
  expect(pool.nextOrder().toSorted()).toEqual(['a', 'c'])
  expect(pool.view().every(({ answers }) => answers)).toBe(true)
})

it('has an empty order without backends', () => {
  expect(poolOf().nextOrder()).toEqual([])
})
