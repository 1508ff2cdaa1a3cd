// Keeps something between calls that nobody closes.
import { drawer, houseWith } from './house.js'

export default houseWith({ resolvers: { drawer }, close: async () => {} })
