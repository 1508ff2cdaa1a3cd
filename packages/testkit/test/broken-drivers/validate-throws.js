// Looks at what it takes for a text.
import { driverWith, wire } from './lamps.js'

/** @type {typeof wire.validate} */
const validate = async ({ lamp }) =>
  lamp === undefined || !(/** @type {string} */ (lamp).endsWith('0'))
    ? [{ path: ['lamp'], message: 'a wire needs a lamp' }]
    : []
export default driverWith({ activities: undefined, providers: { wire: { ...wire, validate } } })
