// Fails twice, once where nobody waits for it. Only where that does not end the test runner.
import { bell, houseWith, ring } from './house.js'

/** @type {typeof ring} */
const notify = (...told) =>
  ring(...told).catch((error) => {
    if (process.argv[1]?.endsWith('elsewhere.js')) void ring(...told)
    throw error
  })
export default houseWith({ notifiers: { bell: { ...bell, notify } } })
