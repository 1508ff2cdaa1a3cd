// Puts right what it finds, where it should only name it.
import { darkLamps, dim, driverWith, relight } from './lamps.js'

const residue = async () => {
  const dark = await darkLamps()
  await relight(dark.map((text) => text.replace(/ is dark$/, '')))
  return dark
}
export default driverWith({ activities: { darken: dim }, residue })
