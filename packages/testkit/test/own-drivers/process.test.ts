import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import driver from '@squall/driver-process'
import { describe, it } from 'vitest'
import { driverLaws, type ProviderSample, type Scene } from '../../src/index.ts'
import { builtDriver } from './built.ts'
import { newFolder } from './folder.ts'

/** A program that writes the pids of itself and of a child to a file, and runs `seconds` long. */
async function program(seconds: number, more: JsonObject = {}): Promise<Scene> {
  const { folder, remove } = await newFolder()
  const file = path.join(folder, 'pids')
  const line = `sleep ${seconds} & echo $$ $! > ${file}.new && mv ${file}.new ${file} && wait && echo over`
  const alive = () => pidsIn(file).filter(isProgram)
  return {
    input: { path: 'sh', arguments: ['-c', line], ...more },
    look: () => ({ running: alive().length }),
    underway: () => existsSync(file),
    cleanUp: async () => {
      for (const pid of alive()) process.kill(pid, 'SIGKILL')
      await remove()
    },
  }
}

function pidsIn(file: string): number[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : []
}

/** Whether one of our programs runs under this pid; a zombie does not. */
function isProgram(pid: number): boolean {
  try {
    return /\((sh|sleep)\) [^ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // It has ended.
    return false
  }
}

const usual = {
  prepare: () => program(0.01),
  long: () => program(60),
  refuses: [
    { input: {}, path: ['path'] },
    { input: { path: 'no-such-program' }, path: ['path'] },
  ],
}
const action: ProviderSample = { ...usual, kind: 'action', undoable: true, effect: 'while it runs' }

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('process'),
  providers: {
    process: [
      { ...usual, title: 'probe', kind: 'probe' },
      { ...action, title: 'action' },
      {
        ...action,
        title: 'action with grace',
        prepare: () => program(0.01, { grace: 5 }),
        long: () => program(60, { grace: 5 }),
      },
    ],
  },
})

describe('driver-process', () => {
  for (const law of laws) it(law.name, law.check)
})
