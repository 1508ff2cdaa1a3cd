import driver from '@squall/driver-vault'
import { describe, it } from 'vitest'
import { driverLaws } from '../../src/index.ts'
import { builtDriver } from './built.ts'

describe('driver-vault', () => {
  for (const law of driverLaws(() => driver, { driverFile: builtDriver('vault') })) it(law.name, law.check)
})
