import { type Driver, defineDriver } from '@squall/contract'
import { hide } from './hide.ts'
import { isPresent } from './is-present.ts'
import { show } from './show.ts'

const driver: Driver = defineDriver({
  name: 'driver_name',
  contract: 1,
  summary: 'Takes files away for a while.',
  activities: { is_present: isPresent, hide },
  undo: { show },
})

export default driver
