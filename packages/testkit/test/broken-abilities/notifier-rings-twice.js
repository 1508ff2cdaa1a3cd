// Rings again, to be on the safe side.
import { bell, houseWith, ring } from './house.js'

/** @type {typeof ring} */
const notify = async (...told) => {
  await ring(...told)
  await ring(...told)
}
export default houseWith({ notifiers: { bell: { ...bell, notify } } })
