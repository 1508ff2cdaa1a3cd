import type { Driver } from '@squall/contract'
import { expect, it } from 'vitest'
import { enterRun } from './drivers-in-use.ts'

function driver(close?: () => Promise<void>): Driver {
  return { name: 'lamps', contract: 1, summary: '', ...(close ? { close } : {}) }
}

it('closes a driver when the last run that uses it is over', async () => {
  let closed = 0
  const lamps = driver(async () => {
    closed += 1
  })
  const first = enterRun([lamps])
  const second = enterRun([lamps, driver()])
  await first()
  expect(closed).toBe(0)
  await second()
  expect(closed).toBe(1)
  await enterRun([lamps])()
  expect(closed).toBe(2)
})

it('lets go of a driver that cannot close', async () => {
  await enterRun([driver(() => Promise.reject(new Error('stuck')))])()
})
