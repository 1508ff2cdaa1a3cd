// Believes that the process that did the harm will see to it itself, unless that was aborted.
import { darken, darkenLamps, driverWith, light, relight } from './lamps.js'

/** @type {Set<string>} */
const ours = new Set()

/** @type {typeof darkenLamps} */
const run = async (args, context) => {
  const answer = await darkenLamps(args, context)
  if (!context.signal.aborted) ours.add(args.folder)
  return answer
}
const undo = async (/** @type {{ texts: string[] }} */ { texts }) =>
  [...ours].some((folder) => texts[0]?.startsWith(folder)) ? 'undone' : relight(texts)
export default driverWith({
  activities: { darken: { ...darken, run } },
  undo: { light: { ...light, run: undo } },
})
