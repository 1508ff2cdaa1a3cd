// Keeps a note of what is to be lit again, and cannot do without it.
import { rm, writeFile } from 'node:fs/promises'
import { darken, darkenLamps, driverWith, light, relight } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = async (args, context) => {
  await writeFile(`${args.folder}.note`, '')
  return darkenLamps(args, context)
}
const undo = async (/** @type {{ texts: string[] }} */ { texts }) => {
  const [folder] = texts[0]?.match(/^.*(?=\/)/) ?? []
  await rm(`${folder}.note`)
  return relight(texts)
}
export default driverWith({
  activities: { darken: { ...darken, run } },
  undo: { light: { ...light, run: undo } },
})
