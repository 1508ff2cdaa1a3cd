// Takes any text for a lamp, and everything else as well.
import { driverWith, isLit } from './lamps.js'
import { objectOf } from './schemas.js'

export default driverWith({
  activities: { is_lit: { ...isLit, args: objectOf({ lamp: { type: 'string', fits: () => true } }) } },
})
