// Keeps its failures to itself.
import { bell, houseWith, ring } from './house.js'

/** @type {typeof ring} */
const notify = (...told) => ring(...told).catch(() => {})
export default houseWith({ notifiers: { bell: { ...bell, notify } } })
