// Says to whom it could not deliver, and with which password.
import { bell, houseWith, ring } from './house.js'

/** @type {typeof ring} */
const notify = (channel, event, context) =>
  ring(channel, event, context).catch((error) => {
    throw new Error(`${error.message} (${JSON.stringify(channel)})`)
  })
export default houseWith({ notifiers: { bell: { ...bell, notify } } })
