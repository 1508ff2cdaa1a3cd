// Likes no room at all.
import { curfew, houseWith } from './house.js'

const validate = async () => [{ message: 'A curfew needs a room with a window.' }]
export default houseWith({ controls: { curfew: { ...curfew, validate } } })
