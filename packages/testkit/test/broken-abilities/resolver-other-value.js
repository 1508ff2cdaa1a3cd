// Reads the whole drawer.
import { drawer, houseWith, readDrawer } from './house.js'

/** @type {typeof readDrawer} */
const resolve = async (declaration, context) => ({
  [String(declaration['key'])]: await readDrawer(declaration, context),
})
export default houseWith({ resolvers: { drawer: { ...drawer, resolve } } })
