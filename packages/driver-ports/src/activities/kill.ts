import { defineAction } from '@squall/contract'
import { z } from 'zod'
import { endingArguments } from '../argument-types.ts'
import { killResult } from '../results.ts'
import { previewTargets, select } from '../selection.ts'
import { checkSelection, selectionArguments, wishOf } from '../selection-arguments.ts'
import type { System } from '../system.ts'
import { killSelected } from './kill-selected.ts'

export function kill(system: System) {
  return defineAction({
    summary: 'Ends processes found by port, pid or name, and waits until they are gone.',
    args: z
      .strictObject({ ...selectionArguments, ...endingArguments('SIGTERM') })
      .superRefine(checkSelection),
    result: killResult,
    targets: (args, context) => previewTargets(wishOf(args), system, context),
    run: async (args, context) =>
      killSelected(await select(wishOf(args), system, context), args, system, context),
  })
}
