// Looks after its lamp for the rest of the day.
import { driverWith, isLit } from './lamps.js'

/** @type {typeof isLit.run} */
const run = (args) => {
  setInterval(() => {}, 60_000)
  return isLit.run(args)
}
export default driverWith({ activities: { is_lit: { ...isLit, run } } })
