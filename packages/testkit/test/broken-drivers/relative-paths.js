// Records paths that are relative to wherever it happened to run.
import path from 'node:path'
import { darken, darkenLamps, driverWith } from './lamps.js'

/** @type {typeof darkenLamps} */
const run = (args, context) => darkenLamps({ ...args, folder: path.relative('.', args.folder) }, context)
export default driverWith({ activities: { darken: { ...darken, run } } })
