import os from 'node:os'
import path from 'node:path'
import envPaths from 'env-paths'

/** Where the logs of unfinished runs lie, whatever the working directory: the user's state folder (XDG on Linux). */
export function stateFolder(): string {
  const given = process.env['XDG_STATE_HOME']
  if (!given) return envPaths('squall', { suffix: '' }).log
  // XDG: a relative path is no answer. It would lie somewhere else for every working directory.
  return path.isAbsolute(given)
    ? path.join(given, 'squall')
    : path.join(os.homedir(), '.local', 'state', 'squall')
}

/** The logs of runs that have not ended. */
export function runsFolder(): string {
  return path.join(stateFolder(), 'runs')
}
