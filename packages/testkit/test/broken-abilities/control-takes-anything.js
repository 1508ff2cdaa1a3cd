// Finds nothing wrong with anything.
import { curfew, houseWith } from './house.js'

export default houseWith({ controls: { curfew: { ...curfew, validate: async () => [] } } })
