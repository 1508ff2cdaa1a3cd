import { defineDriver } from '@squall/contract'
import { endChild } from './end-child.ts'
import { Endings } from './endings.ts'
import { systemWorld } from './host/system-world.ts'
import { processProvider } from './process-provider.ts'
import type { ProcessWorld } from './process-world.ts'

export type { Command } from './command.ts'
export type { Family, FamilyEnd, ProcessWorld } from './process-world.ts'
export type { ChildEnd, ChildRequest } from './run-child.ts'

/** Makes the driver over a world of your choice; tests hand in one of their own. */
export const processDriver = (world: ProcessWorld) => {
  const endings = new Endings()
  return defineDriver({
    name: 'process',
    contract: 1,
    summary: 'Run a program or a shell command line.',
    undo: { end_child: endChild(world, endings) },
    providers: { process: processProvider(world, endings) },
  })
}

export default processDriver(systemWorld())
