import { isDeepStrictEqual } from 'node:util'
import { type Driver, isObject, type JsonObject, type ProviderFields } from '@squall/contract'
import { type Law, LawBroken } from '../law.ts'
import { staysAs } from '../looks.ts'
import { oddInputs } from '../odd-inputs.ts'
import { errorText, shown } from '../shown.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** What holds for how a provider type looks at a provider object before a run. */
export function validateLaws(subject: Subject): readonly Law[] {
  const { address, sample, kind } = subject
  if (address.type !== 'provider') return []
  const { provider } = address
  const faults = lawOf(subject, 'finds fault without failing', () =>
    onStage(subject, sample.prepare, (stage) => findsFault(stage, provider)),
  )
  if (kind === 'probe') return [faults]
  const touches = lawOf(subject, 'changes nothing while it is validated', () =>
    onStage(subject, sample.prepare, (stage) => changesNothing(stage, provider)),
  )
  return [faults, touches]
}

async function findsFault({ driver, directory, scene }: Stage, type: string): Promise<void> {
  for (const input of oddInputs(scene.input)) {
    const issues = await validated(driver, { ...input, type }, directory)
    const odd = Array.isArray(issues) ? issues.find((issue) => !isIssue(issue)) : issues
    if (odd)
      throw new LawBroken(
        `'validate' answers ${shown(odd)} for ${shown(input)}, not a list of {path: [...], message}.`,
      )
  }
}

async function validated(
  driver: Driver,
  fields: JsonObject & { type: string },
  directory: string,
): Promise<unknown> {
  const given = structuredClone(fields)
  const issues = await asked(driver, given, directory)
  if (isDeepStrictEqual(given, fields)) return issues
  throw new LawBroken(`'validate' changed what it was shown: ${shown(fields)} became ${shown(given)}.`)
}

async function asked(driver: Driver, given: JsonObject & { type: string }, directory: string) {
  const text = shown(given)
  try {
    const fields = given as unknown as ProviderFields
    return await driver.providers?.[given.type]?.validate(fields, { directory, options: {} })
  } catch (cause) {
    const what = `'validate' failed for ${text}: ${errorText(cause)}`
    throw new LawBroken(`${what}. It answers with a list of what is wrong.`, { cause })
  }
}

function isIssue(issue: unknown): boolean {
  if (!isObject(issue)) return false
  const { path, message } = issue
  return Array.isArray(path) && typeof message === 'string' && message.trim() !== ''
}

async function changesNothing(stage: Stage, type: string): Promise<void> {
  const before = await stage.look()
  const { driver, scene, directory } = stage
  await validated(driver, { ...scene.input, type }, directory)
  await driver.providers?.[type]?.prepare?.()
  await staysAs(stage, before, "'validate' or 'prepare' changed what nobody has asked to change yet")
}
