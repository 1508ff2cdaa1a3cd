// Does not hear that it shall stop.
import { drawer, houseWith, readDrawer } from './house.js'

/** @type {typeof readDrawer} */
const resolve = (declaration, context) =>
  readDrawer(declaration, { ...context, signal: new AbortController().signal })
export default houseWith({ resolvers: { drawer: { ...drawer, resolve } } })
