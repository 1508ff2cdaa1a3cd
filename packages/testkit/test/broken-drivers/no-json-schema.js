// Describes the arguments of its undo in a way that cannot be written down.
import { driverWith, light } from './lamps.js'

const { jsonSchema, ...standard } = light.args['~standard']
export default driverWith({ undo: { light: { ...light, args: { '~standard': standard } } } })
