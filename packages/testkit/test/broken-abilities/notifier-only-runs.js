// Thinks that nobody cares for validation.
import { bell, houseWith, ring } from './house.js'

/** @type {typeof ring} */
const notify = async (channel, event, context) => {
  if (event.phase !== 'validate' || typeof channel['file'] !== 'string') await ring(channel, event, context)
}
export default houseWith({ notifiers: { bell: { ...bell, notify } } })
