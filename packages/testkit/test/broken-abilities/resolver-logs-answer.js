// Says what it has found.
import { drawer, houseWith, readDrawer } from './house.js'

/** @type {typeof readDrawer} */
const resolve = async (declaration, context) => {
  const found = await readDrawer(declaration, context)
  context.log.info(`Found ${JSON.stringify(found)}.`)
  return found
}
export default houseWith({ resolvers: { drawer: { ...drawer, resolve } } })
