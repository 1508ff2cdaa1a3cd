import { isObject } from '@squall/contract'
import { type Ability, lawAbout } from '../../abilities/ability.ts'
import type { DiscoverDeed } from '../../abilities/deed.ts'
import { atVenue, type Venue } from '../../abilities/venue.ts'
import type { DiscovererSample, DiscovererScene } from '../../ability-samples.ts'
import { jsonFlaw } from '../../json-flaw.ts'
import { type Law, LawBroken } from '../../law.ts'
import { shown } from '../../shown.ts'
import { discoveryFlaw, installedFlaw } from './discovery-flaw.ts'
import { sharedLaws } from './shared.ts'

/** A discoverer with one sample. */
export interface DiscovererAbility extends Ability<DiscovererScene> {
  readonly sample: DiscovererSample
}

const nowhere = 'squall-law-no-such-package'

/** The laws of a discoverer. */
export function discovererLaws(ability: DiscovererAbility): readonly Law[] {
  const law = (text: string, check: (venue: Venue<DiscovererScene>) => Promise<void>): Law =>
    lawAbout(ability, text, () => atVenue(ability, ability.sample.prepare, check))
  return [
    law('tells what an installed package offers', tells),
    law('answers with nothing for a package that is not there', answersNothing),
    law('lists what is installed', lists),
    ...sharedLaws(ability),
  ]
}

async function ask(venue: Venue<DiscovererScene>, target: string | null): Promise<unknown> {
  return venue.start({ ...(venue.deed() as DiscoverDeed), target }).value()
}

async function tells(venue: Venue<DiscovererScene>): Promise<void> {
  const { target } = venue.place
  const found = await ask(venue, target)
  const flaw = jsonFlaw(found, 'the answer') ?? discoveryFlaw(found)
  if (flaw !== undefined) throw new LawBroken(`What it tells of '${target}' is no discovery: ${flaw}.`)
}

async function answersNothing(venue: Venue<DiscovererScene>): Promise<void> {
  const found = await ask(venue, nowhere)
  if (found !== undefined)
    throw new LawBroken(
      `'${nowhere}' is not installed, and it tells of it: ${shown(found)}. Answer undefined.`,
    )
}

async function lists(venue: Venue<DiscovererScene>): Promise<void> {
  const listed = await ask(venue, null)
  const flaw = jsonFlaw(listed, 'the list') ?? installedFlaw(listed)
  if (flaw !== undefined) throw new LawBroken(`It lists what is no extension: ${flaw}.`)
  const names = (listed as unknown[]).map((one) => isObject(one) && one['name'])
  const { target } = venue.place
  if (!names.includes(target))
    throw new LawBroken(`'${target}' is installed, and it lists ${names.join(', ') || 'nothing'}.`)
}
