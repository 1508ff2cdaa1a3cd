// Finds fault with a provider object that it then carries out.
import { driverWith, wire } from './lamps.js'

const validate = async () => [{ path: ['lamp'], message: 'this lamp is not to our taste' }]
export default driverWith({ activities: {}, providers: { wire: { ...wire, validate } } })
