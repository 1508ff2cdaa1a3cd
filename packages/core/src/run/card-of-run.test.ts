import { expect, it } from 'vitest'
import { toyDriver } from '../../test/toy-driver.ts'
import { DriverRegistry, driverObjects } from '../drivers/registry.ts'
import { waveThrough } from '../validate/validate-experiment.ts'
import { cardOfRun } from './card-of-run.ts'

it('holds what settings and command line set for drivers, and which one serves a type', () => {
  const [toy] = driverObjects([toyDriver().driver])
  if (!toy) throw new Error('there is no toy')
  const options = { toy: { speed: 3 } }
  const registry = new DriverRegistry([{ ...toy, file: '/toy/index.js', folder: '/toy' }], {}, options)
  expect(cardOfRun(waveThrough({}), registry, { rollbacksOnCrash: true, directory: '/there' })).toMatchObject(
    {
      drivers: [{ name: 'toy', folder: '/toy' }],
      choices: { toy: 'toy' },
      driverOptions: options,
      rollbacksOnCrash: true,
      directory: '/there',
    },
  )
})
