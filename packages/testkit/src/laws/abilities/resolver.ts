import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '@squall/contract'
import { type Ability, lawAbout } from '../../abilities/ability.ts'
import type { ResolveDeed } from '../../abilities/deed.ts'
import { atVenue, type Venue } from '../../abilities/venue.ts'
import type { ResolverSample, ResolverScene } from '../../ability-samples.ts'
import { jsonFlaw } from '../../json-flaw.ts'
import { type Law, LawBroken } from '../../law.ts'
import { planted, refuseLeak } from '../../leaks.ts'
import { errorText, shown } from '../../shown.ts'
import { mustSay, reasonsOf, refusalsIn } from './refusals.ts'
import { sharedLaws } from './shared.ts'

/** A source of secrets with one sample. */
export interface ResolverAbility extends Ability<ResolverScene> {
  readonly sample: ResolverSample
}

/** The laws of a source of secrets. */
export function resolverLaws(ability: ResolverAbility): readonly Law[] {
  const law = (text: string, check: (venue: Venue<ResolverScene>) => Promise<void>): Law =>
    lawAbout(ability, text, () => atVenue(ability, ability.sample.prepare, check))
  return [
    law('reads its sample', readsSample),
    law('answers with JSON', answersJson),
    law('refuses what it cannot read and says why', (venue) => refuses(venue, ability)),
    law('changes nothing that it is handed', changesNothing),
    law('keeps secrets to itself', (venue) => keepsSecrets(venue, ability)),
    ...sharedLaws(ability),
  ]
}

async function readsSample(venue: Venue<ResolverScene>): Promise<void> {
  const value = await venue.start().value()
  const { answer } = venue.place
  // Whether it is JSON is for another law to say.
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(value ?? null)), JSON.parse(JSON.stringify(answer)))) return
  throw new LawBroken(`It reads ${shown(value)}, not ${shown(answer)}.`)
}

async function answersJson(venue: Venue<ResolverScene>): Promise<void> {
  const flaw = jsonFlaw(await venue.start().value(), 'the answer')
  if (flaw !== undefined) throw new LawBroken(`Its answer is no JSON: ${flaw}.`)
}

async function refuses(venue: Venue<ResolverScene>, { sample, name }: ResolverAbility): Promise<void> {
  for (const refusal of refusalsIn(sample.refuses, name)) {
    const end = await venue.start(refusedDeed(venue, refusal)).end()
    mustSay(end.ok ? [] : reasonsOf(end.error, refusal), refusal)
  }
}

function refusedDeed(
  venue: Venue<ResolverScene>,
  { input, configuration = {} }: ResolverSample['refuses'][number],
): ResolveDeed {
  const deed = venue.deed() as ResolveDeed
  return {
    ...deed,
    declaration: { ...input, type: deed.resolver },
    configuration: { ...deed.configuration, ...configuration },
  }
}

async function changesNothing(venue: Venue<ResolverScene>): Promise<void> {
  const deed = venue.deed() as ResolveDeed
  const before = structuredClone(deed)
  await venue.start(deed).value()
  for (const part of ['declaration', 'configuration', 'environment'] as const) {
    if (!isDeepStrictEqual(deed[part], before[part]))
      throw new LawBroken(`It changed the ${part}: ${shown(before[part])} became ${shown(deed[part])}.`)
  }
}

async function keepsSecrets(venue: Venue<ResolverScene>, { sample }: ResolverAbility): Promise<void> {
  const { answer, secrets = {} } = venue.place
  const given: JsonObject = { ...secrets, ...planted, 'that it reads': answer }
  const running = venue.start(venue.deed(planted))
  await running.end()
  refuseLeak('It logs', running.context.logged, given)
  for (const refusal of sample.refuses ?? []) {
    const failing = venue.start(refusedDeed(venue, refusal))
    const end = await failing.end()
    refuseLeak('It logs', failing.context.logged, given)
    if (!end.ok) refuseLeak('It fails with', errorText(end.error), given)
  }
}
