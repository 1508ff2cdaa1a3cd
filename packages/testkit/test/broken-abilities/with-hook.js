import { curfew, houseWith } from './house.js'

/**
 * A house whose curfew has one more hook.
 * @param {string} name @param {(call: import('@squall/contract').HookCall, context: import('@squall/contract').ControlContext) => Promise<void>} hook
 */
export const houseWithHook = (name, hook) => {
  /** @type {typeof curfew.open} */
  const open = async (declaration, context) => {
    const opened = await curfew.open(declaration, context)
    const one = (/** @type {import('@squall/contract').HookCall} */ call) => hook(call, context)
    return { ...opened, hooks: { ...opened.hooks, [name]: one } }
  }
  return houseWith({ controls: { curfew: { ...curfew, open } } })
}
