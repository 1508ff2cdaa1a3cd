// Says how many lamps it would touch, not which.
import { darken, driverWith } from './lamps.js'

export default driverWith({ activities: { darken: { ...darken, targets: async () => 3 } } })
