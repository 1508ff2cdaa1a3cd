// Tries a lamp out to find out whether it is one.
import { writeFile } from 'node:fs/promises'
import { darken, driverWith, litLamps } from './lamps.js'

const targets = async (/** @type {{ folder: string }} */ { folder }) => {
  const lamps = await litLamps(folder)
  await writeFile(String(lamps[0]), 'dark')
  return lamps
}
export default driverWith({ activities: { darken: { ...darken, targets } } })
