// Does nothing any more once it was closed.
import { close, drawer, houseWith, readDrawer } from './house.js'

let isClosed = false
/** @type {typeof readDrawer} */
const resolve = (declaration, context) => {
  if (isClosed) throw new Error('the drawer is locked')
  return readDrawer(declaration, context)
}
export default houseWith({
  resolvers: { drawer: { ...drawer, resolve } },
  close: async () => {
    isClosed = true
    await close()
  },
})
