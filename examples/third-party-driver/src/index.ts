import { type Driver, defineDriver } from '@squall/contract'
import { changeSetting } from './change-setting.ts'
import { putBack } from './put-back.ts'
import { readKey } from './read-key.ts'
import { readSetting } from './read-setting.ts'
import { removeKey } from './remove-key.ts'
import { restoreSetting } from './restore-setting.ts'

const driver: Driver = defineDriver({
  name: 'redis',
  contract: 1,
  summary: 'Takes keys away from a Redis and changes its settings, until the run ends.',
  activities: {
    read_key: readKey,
    read_setting: readSetting,
    remove_key: removeKey,
    change_setting: changeSetting,
  },
  undo: { put_back: putBack, restore_setting: restoreSetting },
})

export default driver
