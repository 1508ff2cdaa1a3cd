// Answers with an object of its own kind, which only looks like JSON.
import { drawer, houseWith, readDrawer } from './house.js'

class Content {
  /** @param {object} value */
  constructor(value) {
    Object.assign(this, value)
  }
}

/** @type {(...given: Parameters<typeof readDrawer>) => Promise<any>} */
const resolve = async (declaration, context) =>
  new Content(/** @type {object} */ (await readDrawer(declaration, context)))
export default houseWith({ resolvers: { drawer: { ...drawer, resolve } } })
