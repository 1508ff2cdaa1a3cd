// Writes a hook as modules for the provider type `node` do.
import { curfew, hooksOf, houseWith } from './house.js'

/** @type {typeof curfew.open} */
const open = async (declaration, context) => {
  const { 'before-activity': beforeActivity, ...hooks } = hooksOf(context)
  return {
    ...(await curfew.open(declaration, context)),
    hooks: /** @type {any} */ ({ ...hooks, beforeActivity }),
  }
}
export default houseWith({ controls: { curfew: { ...curfew, open } } })
