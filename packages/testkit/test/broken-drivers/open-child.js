// Leaves a process running that nobody waits for.
import { spawn } from 'node:child_process'
import { driverWith, isLit } from './lamps.js'

/** @type {typeof isLit.run} */
const run = (args) => {
  // Ends by itself, for the tests' sake.
  spawn('sleep', ['40'], { stdio: 'ignore' }).unref()
  return isLit.run(args)
}
export default driverWith({ activities: { is_lit: { ...isLit, run } } })
