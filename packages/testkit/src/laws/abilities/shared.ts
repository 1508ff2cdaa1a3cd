import type { Ability } from '../../abilities/ability.ts'
import { lawAbout } from '../../abilities/ability.ts'
import { Played } from '../../abilities/played.ts'
import { atVenue, type Venue } from '../../abilities/venue.ts'
import type { AbilityScene } from '../../ability-samples.ts'
import { Elsewhere } from '../../host/elsewhere.ts'
import { endsInTime, type Took, timeToEnd } from '../../in-time.ts'
import { type Law, LawBroken } from '../../law.ts'
import { patience, until } from '../../patience.ts'
import { errorText } from '../../shown.ts'

/** What holds for everything that a driver offers besides activities. */
export function sharedLaws<Place extends AbilityScene>(ability: Ability<Place>): readonly Law[] {
  const { prepare, long } = ability.sample
  const inTime = lawAbout(ability, `ends within ${patience.abort} ms of an abort`, () =>
    endsInTime(() => abortedOnce(ability)),
  )
  const open = lawAbout(ability, 'leaves no handle, timer or child open', async () => {
    await atVenue(ability, prepare, (venue) => leavesNothingOpen(venue, 'its end'))
    await atVenue(ability, long || prepare, (venue) => leavesNothingOpen(venue, 'an abort'))
  })
  if (!ability.makeDriver().close) return [inTime, open]
  const again = lawAbout(ability, 'works again once the driver was closed', () =>
    atVenue(ability, prepare, worksAgain),
  )
  return [inTime, open, again]
}

function abortedOnce<Place extends AbilityScene>(ability: Ability<Place>): Promise<Took> {
  const { prepare, long } = ability.sample
  if (long === undefined)
    throw new LawBroken(
      `Say in the sample for '${ability.name}' how it takes long, with 'long', or 'long: false' when it never does.`,
    )
  return atVenue(ability, long || prepare, async (venue) => {
    const running = venue.start()
    if (long) await venue.middleOf(running)
    return timeToEnd(running.ended, () => running.abort())
  })
}

async function leavesNothingOpen<Place extends AbilityScene>(
  venue: Venue<Place>,
  what: 'its end' | 'an abort',
): Promise<void> {
  const { driverFile, sample } = venue.ability
  await using elsewhere = new Elsewhere({ type: 'do', driverFile, deed: venue.deed() })
  if (what === 'an abort') {
    if (sample.long) await untilMiddle(elsewhere, venue)
    elsewhere.abort()
  }
  const { open } = await elsewhere.report('left')
  if (open.length > 0)
    throw new LawBroken(
      `After ${what} it still has open: ${open.join(', ')}. Close it in 'cleanup' or in the driver's 'close'.`,
    )
}

async function untilMiddle<Place extends AbilityScene>(
  elsewhere: Elsewhere,
  venue: Venue<Place>,
): Promise<void> {
  const isIn = () => venue.isUnderway(elsewhere.has('asked'))
  if ((await until(async () => elsewhere.isOver || isIn(), patience.call)) && !elsewhere.isOver) return
  if (elsewhere.has('failed')) await elsewhere.report('left')
  throw new LawBroken("Its 'long' place was never in the middle of it.")
}

async function worksAgain<Place extends AbilityScene>(venue: Venue<Place>): Promise<void> {
  const before = failuresIn(await venue.start().value())
  await venue.finish()
  await venue.driver.close?.()
  const again = await venue.start().end()
  const reason = again.ok
    ? failuresIn(again.value).find((failure) => !before.includes(failure))
    : errorText(again.error)
  if (reason === undefined) return
  throw new LawBroken(`Once the driver was closed it failed: ${reason}. A later call opens it anew.`)
}

function failuresIn(value: unknown): readonly string[] {
  return value instanceof Played ? value.failures : []
}
