import { isDeepStrictEqual } from 'node:util'
import type { Driver, JsonObject } from '@squall/contract'
import { type Ability, lawAbout } from '../../abilities/ability.ts'
import { declarationOf } from '../../abilities/control-calls.ts'
import type { ControlAddress, ControlDeed } from '../../abilities/deed.ts'
import { controlOf } from '../../abilities/find-ability.ts'
import { Played } from '../../abilities/played.ts'
import { atVenue, type Venue } from '../../abilities/venue.ts'
import type { ControlSample, ControlScene } from '../../ability-samples.ts'
import { type Law, LawBroken } from '../../law.ts'
import { planted, refuseLeak } from '../../leaks.ts'
import { oddInputs } from '../../odd-inputs.ts'
import { errorText, shown } from '../../shown.ts'
import { mustSay, refusalsIn } from './refusals.ts'
import { sharedLaws } from './shared.ts'

/** A control with one sample. */
export interface ControlAbility extends Ability<ControlScene> {
  readonly address: ControlAddress
  readonly sample: ControlSample
}

/** The laws of a control. */
export function controlLaws(ability: ControlAbility): readonly Law[] {
  const law = (text: string, check: (venue: Venue<ControlScene>) => Promise<void>): Law =>
    lawAbout(ability, text, () => atVenue(ability, ability.sample.prepare, check))
  return [
    law('refuses wrong declarations and says why', (venue) => refuses(venue, ability)),
    law('accepts its sample', (venue) => accepts(venue, ability)),
    law('finds fault without failing', (venue) => findsFault(venue, ability)),
    law('names its hooks as the contract does', namesHooks),
    law('plays through a run', playsThrough),
    law('copes with a run that was cut short', copesWithCut),
    law('changes what it is shown to nothing but JSON', staysJson),
    law('keeps secrets to itself', keepsSecrets),
    ...sharedLaws(ability),
  ]
}

type Issue = Awaited<ReturnType<NonNullable<ReturnType<typeof controlOf>['validate']>>>[number]

async function issuesOf(
  driver: Driver,
  address: ControlAddress,
  input: JsonObject,
  directory: string,
): Promise<readonly Issue[]> {
  const declaration = declarationOf(address, input)
  const before = structuredClone(declaration)
  const issues = await controlOf(driver, address).validate?.(declaration, { directory, options: {} })
  if (!isDeepStrictEqual(declaration, before))
    throw new LawBroken(`'validate' changed the declaration: ${shown(before)} became ${shown(declaration)}.`)
  return issues ?? []
}

/** Those that make an experiment invalid. */
function errorsIn(issues: readonly Issue[]): readonly string[] {
  return issues.filter(({ level }) => level !== 'warning').map(({ message }) => message)
}

async function refuses(
  { driver, directory }: Venue<ControlScene>,
  { address, sample, name }: ControlAbility,
) {
  const hasValidate = controlOf(driver, address).validate !== undefined
  if (sample.refuses === false) {
    if (hasValidate) throw new LawBroken(`It has 'validate': give what it refuses in 'refuses' of '${name}'.`)
    return
  }
  const refusals = refusalsIn(sample.refuses, name)
  if (!hasValidate)
    throw new LawBroken(`It has no 'validate': wrong arguments are found in the middle of a run. Add one.`)
  for (const refusal of refusals) {
    mustSay(errorsIn(await issuesOf(driver, address, refusal.input, directory)), refusal)
  }
}

async function accepts({ driver, directory, place }: Venue<ControlScene>, { address }: ControlAbility) {
  const errors = errorsIn(await issuesOf(driver, address, place.input, directory))
  if (errors.length > 0) throw new LawBroken(`It refuses its sample: ${errors.join(' ')}`)
}

async function findsFault({ driver, directory, place }: Venue<ControlScene>, { address }: ControlAbility) {
  for (const input of oddInputs(place.input)) {
    const issues = await issuesOf(driver, address, input, directory).catch((cause: unknown) => {
      if (cause instanceof LawBroken) throw cause
      const what = `'validate' failed for ${shown(input)}: ${errorText(cause)}`
      throw new LawBroken(`${what}. It answers with a list of what is wrong.`, { cause })
    })
    const odd = Array.isArray(issues) ? issues.find(({ message }) => !message) : issues
    if (odd) throw new LawBroken(`'validate' answers ${shown(odd)} for ${shown(input)}, which says nothing.`)
  }
}

/** What came of a run in which the control acts, as an own one and as a global one. */
async function playedRuns(
  venue: Venue<ControlScene>,
  secrets: JsonObject = {},
  changes: Partial<ControlDeed> = {},
): Promise<readonly Played[]> {
  const played: Played[] = []
  for (const isGlobal of [false, true]) {
    const deed = { ...(venue.deed(secrets) as ControlDeed), ...changes, isGlobal }
    const value = await venue.start(deed).value()
    await venue.finish()
    if (value instanceof Played) played.push(value)
  }
  return played
}

async function namesHooks(venue: Venue<ControlScene>): Promise<void> {
  const [oddity] = (await playedRuns(venue)).flatMap(({ oddities }) => oddities)
  if (oddity) throw new LawBroken(`Nobody would call it: ${oddity}.`)
}

async function playsThrough(venue: Venue<ControlScene>): Promise<void> {
  const [failure] = (await playedRuns(venue)).flatMap(({ failures }) => failures)
  if (failure) throw new LawBroken(`In a run that went well, it failed in ${failure}.`)
}

async function copesWithCut(venue: Venue<ControlScene>): Promise<void> {
  const whole = (await playedRuns(venue)).flatMap(({ failures }) => failures)
  const cut = (await playedRuns(venue, {}, { isCutShort: true })).flatMap(({ failures }) => failures)
  const failure = cut.find((one) => !whole.includes(one))
  if (failure)
    throw new LawBroken(`In a run that was cut short, where 'state' is null, it failed in ${failure}.`)
}

async function staysJson(venue: Venue<ControlScene>): Promise<void> {
  const [flaw] = (await playedRuns(venue)).flatMap(({ flaws }) => flaws)
  if (flaw) throw new LawBroken(`It put into a document what is no JSON: ${flaw}.`)
}

async function keepsSecrets(venue: Venue<ControlScene>): Promise<void> {
  const given = { ...venue.place.secrets, ...planted }
  const running = venue.start(venue.deed(given))
  const end = await running.end()
  await venue.finish()
  refuseLeak('It logs', running.context.logged, given)
  if (!(end.ok && end.value instanceof Played)) return
  const { failures, interrupts, skips, documents } = end.value
  refuseLeak('It fails with', failures, given)
  refuseLeak('It asks for the end of the run with', interrupts, given)
  refuseLeak('It puts into the journal', [skips, documents], planted)
}
