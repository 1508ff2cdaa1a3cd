import { LawBroken } from './law.ts'
import { patience, until } from './patience.ts'
import type { Running } from './running.ts'
import { errorText } from './shown.ts'

/** What was set up for a law, and is taken away again whatever has become of it. */
export interface SetUp {
  leave(): Promise<void>
}

/** Sets up what a sample prepares. Throws `LawBroken` when that fails. */
export async function preparedBy<Place>(prepare: () => Promise<Place> | Place, name: string): Promise<Place> {
  try {
    return await prepare()
  } catch (cause) {
    throw new LawBroken(`The sample for '${name}' cannot be prepared: ${errorText(cause)}`, { cause })
  }
}

/** Plays on what was set up and takes it away. */
export async function thenLeave<Place extends SetUp, Result>(
  place: Place,
  play: (place: Place) => Promise<Result>,
): Promise<Result> {
  let result: Result
  try {
    result = await play(place)
  } catch (error) {
    // What broke the law says more than what the broken place then does.
    await place.leave().catch(() => {})
    throw error
  }
  await place.leave()
  return result
}

/** Resolves once a call is in the middle of what a sample calls its `long` scene or place. */
export async function middleOf(
  running: Running,
  isUnderway: () => Promise<boolean>,
  what: 'scene' | 'place',
): Promise<void> {
  const isIn = async () => running.hasEnded || (await isUnderway())
  if ((await until(isIn, patience.call)) && !running.hasEnded) return
  const why = running.failure === undefined ? '' : `: ${errorText(running.failure)}`
  throw new LawBroken(`Its 'long' ${what} was never in the middle of it${why}.`)
}
