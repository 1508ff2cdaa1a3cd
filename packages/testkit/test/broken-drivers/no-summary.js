// Does not say what its undo function does.
import { driverWith, light } from './lamps.js'

export default driverWith({ undo: { light: { ...light, summary: '' } } })
