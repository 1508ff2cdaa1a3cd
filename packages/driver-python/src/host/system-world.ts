import { setTimeout } from 'node:timers/promises'
import type { PythonWorld } from '../python-world.ts'
import { runProgram } from './run-program.ts'
import { startWorker } from './start-worker.ts'

/** This machine and this process. */
export function systemWorld(): PythonWorld {
  return {
    platform: process.platform,
    environment: () => process.env,
    workingDirectory: () => process.cwd(),
    setVariable: (name, value) => {
      if (value === null) delete process.env[name]
      else process.env[name] = value
    },
    changeDirectory: (folder) => process.chdir(folder),
    startWorker,
    runProgram,
    delay: async (milliseconds, signal) => {
      await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
    },
  }
}
