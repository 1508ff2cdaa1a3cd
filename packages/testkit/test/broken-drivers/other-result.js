// Answers otherwise than its result schema says.
import { driverWith, isLit } from './lamps.js'
import { lampArgs } from './schemas.js'

export default driverWith({ activities: { is_lit: { ...isLit, result: lampArgs } } })
