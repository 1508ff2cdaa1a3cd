import { describe, expect, it } from 'vitest'
import { driverNames, NotCreated } from './index.ts'

describe('the names of a driver', () => {
  it.each([
    { name: 'lamps', driver: 'lamps', package: 'squall-driver-lamps', folder: 'squall-driver-lamps' },
    {
      name: 'squall-driver-lamps',
      driver: 'lamps',
      package: 'squall-driver-lamps',
      folder: 'squall-driver-lamps',
    },
    {
      name: 'flaky-disk',
      driver: 'flaky_disk',
      package: 'squall-driver-flaky-disk',
      folder: 'squall-driver-flaky-disk',
    },
    {
      name: '@acme/lamps',
      driver: 'lamps',
      package: '@acme/squall-driver-lamps',
      folder: 'squall-driver-lamps',
    },
  ])('after $name', ({ name, ...names }) => {
    expect(driverNames(name)).toEqual(names)
  })

  it.each(['', 'Lamps', '9lives', 'a--b', '../lamps', 'squall-driver-', 'squall-driver-9', 'a b', '@acme'])(
    "refuses '%s'",
    (name) => {
      expect(() => driverNames(name)).toThrow(NotCreated)
    },
  )
})
