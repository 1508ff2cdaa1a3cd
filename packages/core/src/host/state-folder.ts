import path from 'node:path'
import envPaths from 'env-paths'

/** Where the logs of unfinished runs lie, whatever the working directory: the user's state folder (XDG on Linux). */
export function stateFolder(): string {
  const given = process.env['XDG_STATE_HOME']
  return given ? path.join(given, 'squall') : envPaths('squall', { suffix: '' }).log
}

/** The logs of runs that have not ended. */
export function runsFolder(): string {
  return path.join(stateFolder(), 'runs')
}
