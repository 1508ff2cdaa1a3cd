// The experiment that is killed: nine actions with an undo, of three drivers, half of them in the background.
import path from 'node:path'

const here = import.meta.dirname

/** The drivers it needs, as folders. */
export const driverFolders = ['node', 'ports', 'process'].map((name) =>
  path.join(here, '../../packages', `driver-${name}`),
)

/**
 * What is broken lies in `folder`; `pids` are two processes that may be paused; mending `d` takes `slowMend` ms.
 * @param {{ folder: string, pids: readonly number[], more?: object, slowMend?: number }} scene
 */
export function crashExperiment({ folder, pids, more = {}, slowMend }) {
  const file = (name) => path.join(folder, name)
  return {
    title: 'A run that is killed',
    description: 'For the crash tests.',
    method: [
      call('break a', 'breakFile', { file: file('a') }),
      pause('pause one', pids[0]),
      background(child('child', 'exec sleep 300')),
      background(call('break b', 'breakFile', { file: file('b'), milliseconds: 400 })),
      background(pause('pause another', pids[1])),
      background(child('family', 'sleep 300 & sleep 300')),
      call('break c', 'breakAndAmend', { file: file('c') }),
      shell('a child that ends', 'true'),
      call('break d', 'breakFile', { file: file('d'), milliseconds: 200, mendsIn: slowMend }),
      { ...shell('a probe', 'true'), type: 'probe' },
    ],
    ...more,
  }
}

/** A rollback that leaves a line. */
export function lineRollback(file, line) {
  return call('write a line', 'writeLine', { file, line })
}

function call(name, func, args) {
  const module = path.join(here, 'broken-file.mjs')
  return { type: 'action', name, provider: { type: 'node', module, func, arguments: args } }
}

function pause(name, pid) {
  return { type: 'action', name, provider: { type: 'ports', func: 'pause', arguments: { pid } } }
}

function shell(name, line) {
  return { type: 'action', name, provider: { type: 'process', path: 'sh', arguments: ['-c', line] } }
}

/** Ends when its time is up, where nobody ends it before. */
function child(name, line) {
  const action = shell(name, line)
  return { ...action, provider: { ...action.provider, timeout: 2.5 } }
}

function background(activity) {
  return { ...activity, background: true }
}
