// A drawer that is not there is an empty one.
import { drawer, houseWith, readDrawer } from './house.js'

/** @type {typeof readDrawer} */
const resolve = (declaration, context) =>
  readDrawer(declaration, context).catch((error) => {
    context.signal.throwIfAborted()
    return error instanceof SyntaxError ? null : {}
  })
export default houseWith({ resolvers: { drawer: { ...drawer, resolve } } })
