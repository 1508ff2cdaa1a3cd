import type { JsonObject } from '@squall/contract'
import { type Ability, lawAbout } from '../../abilities/ability.ts'
import type { NotifyDeed } from '../../abilities/deed.ts'
import { atVenue, type Venue } from '../../abilities/venue.ts'
import type { NotifierSample, NotifierScene, SaidRefusal } from '../../ability-samples.ts'
import { Elsewhere } from '../../host/elsewhere.ts'
import { type Law, LawBroken } from '../../law.ts'
import { planted, refuseLeak } from '../../leaks.ts'
import { patience, until } from '../../patience.ts'
import { errorText, shown } from '../../shown.ts'
import { mustSay, reasonsOf, refusalsIn } from './refusals.ts'
import { sharedLaws } from './shared.ts'

/** A receiver of notifications with one sample. */
export interface NotifierAbility extends Ability<NotifierScene> {
  readonly sample: NotifierSample
}

/** What is told: with a payload, with an error, with nothing. */
export const lawEvents: readonly JsonObject[] = [
  { name: 'run-started', phase: 'run', payload: { title: 'A law, “tried”' }, ts: 1_767_225_600.5 },
  {
    name: 'validate-failed',
    phase: 'validate',
    payload: [],
    ts: 1_767_225_601,
    error: 'It is no experiment.',
  },
  { name: 'discovery-completed', phase: 'discovery', payload: null, ts: 1_767_225_602 },
]

/** The laws of a receiver of notifications. */
export function notifierLaws(ability: NotifierAbility): readonly Law[] {
  const law = (text: string, check: (venue: Venue<NotifierScene>) => Promise<void>): Law =>
    lawAbout(ability, text, () => atVenue(ability, ability.sample.prepare, check))
  return [
    law('delivers each event once', deliversEach),
    law('fails when it cannot deliver, and says why', (venue) => fails(venue, ability)),
    law('keeps secrets to itself', (venue) => keepsSecrets(venue, ability)),
    ...sharedLaws(ability),
  ]
}

async function deliversEach(venue: Venue<NotifierScene>): Promise<void> {
  for (const event of lawEvents) {
    const before = await venue.place.arrived()
    await venue.start({ ...(venue.deed() as NotifyDeed), event: structuredClone(event) }).value()
    await until(async () => (await venue.place.arrived()) > before, patience.effect)
    const times = (await venue.place.arrived()) - before
    if (times === 0)
      throw new LawBroken(
        `It resolved, and '${String(event['name'])}' has not arrived. Wait for the delivery.`,
      )
    if (times > 1) throw new LawBroken(`'${String(event['name'])}' arrived ${times} times.`)
  }
}

async function fails(
  venue: Venue<NotifierScene>,
  { sample, name, driverFile }: NotifierAbility,
): Promise<void> {
  for (const refusal of refusalsIn(sample.refuses, name)) {
    const deed = refusedDeed(venue, refusal)
    await survives(deed, driverFile)
    const end = await venue.start(deed).end()
    if (end.ok)
      throw new LawBroken(
        `It cannot deliver to ${shown(refusal.input)}, and does not say so. Let the error through: the core logs it.`,
      )
    mustSay(reasonsOf(end.error, refusal), refusal)
  }
}

/** What rejects where nobody waits for it ends a process. */
async function survives(deed: NotifyDeed, driverFile: string): Promise<void> {
  await using elsewhere = new Elsewhere({ type: 'do', driverFile, deed })
  await elsewhere.report('left').catch((cause: unknown) => {
    throw new LawBroken(`Its failure ends the process: is a promise not waited for? ${errorText(cause)}`, {
      cause,
    })
  })
}

function refusedDeed(
  venue: Venue<NotifierScene>,
  { input }: SaidRefusal,
  secrets: JsonObject = {},
): NotifyDeed {
  const deed = venue.deed() as NotifyDeed
  return { ...deed, channel: { ...input, ...secrets, type: deed.notifier } }
}

async function keepsSecrets(venue: Venue<NotifierScene>, { sample }: NotifierAbility): Promise<void> {
  const given = { ...venue.place.secrets, ...planted }
  const refused = (sample.refuses ?? []).map((refusal) => refusedDeed(venue, refusal, planted))
  for (const deed of [venue.deed(planted), ...refused]) {
    const running = venue.start(deed)
    const end = await running.end()
    refuseLeak('It logs', running.context.logged, given)
    if (!end.ok) refuseLeak('It fails with', errorText(end.error), given)
  }
}
