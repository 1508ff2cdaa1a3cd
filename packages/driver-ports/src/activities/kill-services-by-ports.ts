import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { commonArguments, endingArguments, portArgument } from '../argument-types.ts'
import { killResult } from '../results.ts'
import { previewTargets, select, type Wish } from '../selection.ts'
import type { System } from '../system.ts'
import { killSelected } from './kill-selected.ts'

const args = z.strictObject({
  ports: z.array(portArgument).describe('Ports whose listeners are killed, all of them.'),
  ...endingArguments('SIGKILL'),
  ...commonArguments,
})

export function killServicesByPorts(system: System) {
  return defineAction({
    summary: 'Kills what listens on the given ports.',
    args,
    result: killResult,
    targets: (given, context) => previewTargets(wishOf(given), system, context),
    run: async (given, context) =>
      killSelected(await select(wishOf(given), system, context), given, system, context),
  })
}

function wishOf({ ports, other_users, other_namespaces }: z.output<typeof args>): Wish {
  return {
    selector: { by: 'port', ports, otherNamespaces: other_namespaces },
    howMany: { kind: 'all' },
    seed: undefined,
    otherUsers: other_users,
  }
}
