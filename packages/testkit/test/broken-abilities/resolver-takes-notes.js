// Remembers in the configuration what it has read.
import { drawer, houseWith, readDrawer } from './house.js'

/** @type {typeof readDrawer} */
const resolve = async (declaration, context) => {
  const configuration = /** @type {Record<string, unknown>} */ (context.configuration)
  configuration['drawer_was_open'] = true
  return readDrawer(declaration, context)
}
export default houseWith({ resolvers: { drawer: { ...drawer, resolve } } })
