// Logs whatever it was handed.
import { driverWith, isLit } from './lamps.js'

/** @type {(args: { lamp: string }, context: import('@squall/contract').ActivityContext) => Promise<boolean>} */
const run = async (args, context) => {
  context.log.debug(`Called with ${JSON.stringify(context.secrets)}`)
  return isLit.run(args)
}
export default driverWith({ activities: { is_lit: { ...isLit, run } }, undo: {} })
