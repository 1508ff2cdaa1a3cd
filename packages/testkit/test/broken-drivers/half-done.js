// Leaves a lamp flickering when it is aborted, which its undo knows nothing of.
import { writeFile } from 'node:fs/promises'
import { darken, darkenLamps, driverWith, litLamps } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = async (args, context) => {
  try {
    return await darkenLamps(args, context)
  } catch (error) {
    const [next] = await litLamps(args.folder)
    const isHalfway = next !== undefined && (await litLamps(args.folder)).length < 8
    if (isHalfway) await writeFile(next, 'flickering')
    throw error
  }
}
export default driverWith({ activities: { darken: { ...darken, run } } })
