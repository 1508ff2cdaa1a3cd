// Does not look at its signal before it acts.
import { rm } from 'node:fs/promises'
import { driverWith, smash } from './lamps.js'

const run = async (/** @type {{ lamp: string }} */ { lamp }) => rm(lamp)
export default driverWith({ activities: { smash: { ...smash, run } } })
