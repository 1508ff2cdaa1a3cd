// Names an undo function it does not have.
import { darken, driverWith } from './lamps.js'

export default driverWith({ activities: { darken: { ...darken, undoneBy: ['light', 'ignite'] } } })
