import { pathToFileURL } from 'node:url'
import type { Driver } from '@squall/contract'
import { abilityLaws } from './abilities/abilities-of.ts'
import { clusterLaws } from './cluster/cluster-laws.ts'
import { gapsIn } from './gaps.ts'
import { type Law, LawBroken } from './law.ts'
import { abortLaws } from './laws/abort.ts'
import { chanceLaws } from './laws/chance.ts'
import { inputLaws } from './laws/input.ts'
import { openLaws } from './laws/open.ts'
import { registeredLaws } from './laws/registered.ts'
import { residueLaws } from './laws/residue.ts'
import { resultLaws } from './laws/result.ts'
import { secretLaws } from './laws/secret.ts'
import { shapeLaws } from './laws/shape.ts'
import { targetsLaws } from './laws/targets.ts'
import { undoLaws } from './laws/undo.ts'
import { validateLaws } from './laws/validate.ts'
import type { DriverSamples } from './samples.ts'
import type { Subject } from './subject.ts'
import { subjectsOf } from './subjects.ts'

/**
 * The laws of a driver, as plain cases: `for (const law of driverLaws(driver, samples)) it(law.name, law.check)`.
 * `driver` makes the driver, anew for each law. What has no sample is a law that fails.
 */
export function driverLaws(driver: () => Driver, samples: DriverSamples): Law[] {
  const driverFile = urlOf(samples.driverFile)
  const sampled = driver()
  const source = { makeDriver: driver, driverFile }
  return [
    ...shapeLaws(driver, driverFile),
    ...gapsIn(sampled, samples).map(gapLaw),
    ...subjectsOf(sampled, samples, source).flatMap(lawsOf),
    ...abilityLaws(samples, source),
    ...Object.entries(samples.clusters ?? {}).flatMap(([name, prepare]) => clusterLaws(prepare, name)),
  ]
}

function lawsOf(subject: Subject): readonly Law[] {
  const families = [
    inputLaws,
    validateLaws,
    resultLaws,
    targetsLaws,
    abortLaws,
    secretLaws,
    registeredLaws,
    undoLaws,
    residueLaws,
    openLaws,
    chanceLaws,
  ]
  return families.flatMap((family) => family(subject))
}

function gapLaw(gap: string): Law {
  const check = async (): Promise<void> => {
    throw new LawBroken(`The samples of this driver are not complete: ${gap}.`)
  }
  return { name: `the samples: ${gap}`, check }
}

function urlOf(file: string | URL): string {
  const text = String(file)
  return text.startsWith('file:') ? text : pathToFileURL(text).href
}
