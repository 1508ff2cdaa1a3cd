import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldJournal } from '../src/index.ts'
import { randomDeeds } from './random-controls.ts'
import { interruptedAsPlanned, randomRun } from './random-experiment.ts'
import { toyControl, toyControls } from './toy-controls.ts'
import { play } from './toy-experiment.ts'

it('whatever controls change, the journal is the fold of the events, and what controls saw of it', async () => {
  await fc.assert(
    fc.asyncProperty(randomRun, randomDeeds, randomDeeds, async (random, top, global) => {
      const toys = toyControls()
      toys.control('top', top)
      toys.control('global', global)
      const seen: { journal?: unknown } = {}
      toys.control('last', {
        'after-experiment': ({ state }) => {
          seen.journal = state?.value
        },
      })
      const last = { ...toyControl('last'), scope: 'after' }
      const parts = { ...random.parts, controls: [toyControl('top'), last] }
      const settings = { controls: { global: toyControl('global') } }
      const played = await play(parts, { ...interruptedAsPlanned(random), others: [toys.driver], settings })
      const saved = JSON.parse(JSON.stringify(played.events))
      expect(foldJournal(saved)).toEqual(JSON.parse(JSON.stringify(played.journal)))
      // Folding changes no event.
      expect(JSON.parse(JSON.stringify(played.events))).toEqual(saved)
      // What the control was handed is what it has become at the end, but for controls that failed after that.
      const [handed, written] = [seen.journal, played.journal].map((journal) =>
        JSON.parse(JSON.stringify({ ...(journal as object), 'control-failures': undefined })),
      )
      if (seen.journal !== undefined) expect(handed).toEqual(written)
    }),
    { numRuns: 400 },
  )
}, 120_000)
