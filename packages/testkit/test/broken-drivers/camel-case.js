// Has a function with a name that experiment files do not use.
import { darken, driverWith, isLit } from './lamps.js'

export default driverWith({ activities: { isLit, darken } })
