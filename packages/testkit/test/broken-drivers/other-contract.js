// Follows a contract that nobody knows.
import { driverWith } from './lamps.js'

export default driverWith({ contract: 2 })
