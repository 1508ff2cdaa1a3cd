// Was built from something else than what is tried.
import { driverWith } from './lamps.js'

export const driver = driverWith({})
export default driverWith({ name: 'lanterns' })
