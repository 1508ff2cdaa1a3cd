import { type Driver, defineDriver, defineProbe, type JsonValue } from '@squall/contract'
import { z } from 'zod'

/** A driver whose only probe answers with one value after the other. */
export function sequence(values: readonly JsonValue[]): Driver {
  let asked = 0
  return defineDriver({
    name: 'sequence',
    contract: 1,
    summary: 'Answers in turn.',
    activities: {
      next: defineProbe({
        summary: 'Answers with the next value.',
        args: z.strictObject({}),
        run: async () => {
          asked += 1
          return values[asked - 1] ?? null
        },
      }),
    },
  })
}
