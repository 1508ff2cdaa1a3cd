import { isDeepStrictEqual } from 'node:util'
import type { Driver } from '@squall/contract'
import type { LoaderSample } from '../../ability-samples.ts'
import { jsonFlaw } from '../../json-flaw.ts'
import { type Law, LawBroken } from '../../law.ts'
import { orTooLate, patience, tooLate } from '../../patience.ts'
import { shown } from '../../shown.ts'
import { mustSay, reasonsOf, refusalsIn } from './refusals.ts'

/** The laws of a reader of experiment files. */
export function loaderLaws(
  extension: string,
  sample: LoaderSample,
  makeDriver: () => Driver,
): readonly Law[] {
  const law = (text: string, check: (driver: Driver) => Promise<void>): Law => ({
    name: `loader ${extension}: ${text}`,
    check: () => check(makeDriver()),
  })
  return [
    law('reads its sample', async (driver) => {
      const { file, experiment, cleanUp } = await sample.prepare()
      try {
        const read = await load(driver, extension, file)
        const flaw = jsonFlaw(read, 'the experiment')
        if (flaw !== undefined) throw new LawBroken(`What it reads is no JSON: ${flaw}.`)
        if (!isDeepStrictEqual(read, experiment))
          throw new LawBroken(`It reads ${shown(read)}, not ${shown(experiment)}.`)
      } finally {
        await cleanUp?.()
      }
    }),
    law('refuses what it cannot read and says why', async (driver) => {
      const refusals = sample.refuses.map(({ file, saying }) => ({ input: { file }, saying }))
      for (const refusal of refusalsIn(refusals, `loader ${extension}`)) {
        const reasons = await load(driver, extension, refusal.input.file).then(
          () => [],
          (error: unknown) => {
            if (error instanceof LawBroken) throw error
            return reasonsOf(error, refusal)
          },
        )
        mustSay(reasons, refusal)
      }
    }),
  ]
}

async function load(driver: Driver, extension: string, file: string): Promise<unknown> {
  const loader = driver.loaders?.[extension]
  if (!loader) throw new LawBroken(`The driver '${driver.name}' has no loader '${extension}'.`)
  const read = await orTooLate(loader.load(file), patience.call)
  if (read === tooLate) throw new LawBroken(`It has not read ${file} after ${patience.call / 1000} s.`)
  return read
}
