// Takes for granted that whoever names a room does it in letters.
import { curfew, houseWith, roomOf } from './house.js'

/** @type {typeof curfew.validate} */
const validate = async (declaration) => {
  const room = roomOf(declaration)
  const isNamed = room !== undefined && /** @type {string} */ (room).length > 0
  return isNamed ? [] : [{ message: 'A curfew needs a room.' }]
}
export default houseWith({ controls: { curfew: { ...curfew, validate } } })
