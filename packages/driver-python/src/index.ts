import { defineDriver } from '@squall/contract'
import { systemWorld } from './host/system-world.ts'
import { pluginNotifier } from './plugin-notifier.ts'
import { pythonDiscoverer } from './python-discoverer.ts'
import { pythonProvider } from './python-provider.ts'
import type { PythonWorld } from './python-world.ts'
import { callUndo } from './undo-call.ts'
import { Workers } from './workers.ts'

export { knownExtensions } from './known-extensions.ts'
export type { PythonWorld, WorkerPlace, WorkerProcess } from './python-world.ts'

/** Makes the driver over a world of your choice. */
export const pythonDriver = (world: PythonWorld) => {
  const workers = new Workers(world)
  return defineDriver({
    name: 'python',
    contract: 1,
    summary: 'Calls Python functions: Chaos Toolkit extensions and controls keep working unchanged.',
    providers: { python: pythonProvider(workers) },
    undo: { call: callUndo(workers) },
    notifiers: { plugin: pluginNotifier(workers) },
    discoverer: pythonDiscoverer(workers),
    close: () => workers.close(),
    privileges: ['Python 3.8 or later'],
  })
}

export default pythonDriver(systemWorld())
