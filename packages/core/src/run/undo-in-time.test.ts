import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/virtual-clock.ts'
import { type UndoResult, undoInTime } from './undo-in-time.ts'

const undone: UndoResult = { status: 'undone' }
const notNeeded: UndoResult = { status: 'not needed' }
const failed: UndoResult = { status: 'failed', reason: 'stuck' }

interface Story {
  /** Seconds at which the activity ends, and at which the run settles. */
  readonly activityEnds: number
  readonly runSettles: number
  readonly results: readonly UndoResult[]
}

/** Undoes after 5 seconds. Resolves to the answer and to when undos were carried out. */
async function play({ activityEnds, runSettles, results }: Story) {
  const clock = new VirtualClock()
  const [ended, settling] = [new AbortController(), new AbortController()]
  if (activityEnds === 0) ended.abort()
  else void clock.sleep(activityEnds * 1000).then(() => ended.abort())
  void clock.sleep(runSettles * 1000).then(() => settling.abort())
  const at: number[] = []
  const undo = async (): Promise<UndoResult> => {
    at.push(clock.monotonic() / 1000)
    return results[at.length - 1] ?? notNeeded
  }
  const work = undoInTime(
    { seconds: 5, activityEnded: ended.signal },
    { clock, settling: settling.signal, undo },
  )
  return { answer: await clock.passUntil(work), at }
}

it.each<{ name: string; story: Story; answer: UndoResult | undefined; at: number[] }>([
  {
    name: 'an activity that has ended is undone once',
    story: { activityEnds: 0, runSettles: 60, results: [undone] },
    answer: undone,
    at: [5],
  },
  {
    name: 'the end of the run comes first and undoes',
    story: { activityEnds: 0, runSettles: 4, results: [undone] },
    answer: undefined,
    at: [],
  },
  {
    name: 'an activity that is still at it is undone in time, and once more when it has ended',
    story: { activityEnds: 20, runSettles: 60, results: [undone, notNeeded] },
    answer: undone,
    at: [5, 20],
  },
  {
    name: 'what an activity does after its time is undone when it has ended',
    story: { activityEnds: 20, runSettles: 60, results: [notNeeded, undone] },
    answer: undone,
    at: [5, 20],
  },
  {
    name: 'an activity that nobody saw ending is undone once more when the run settles',
    story: { activityEnds: 90, runSettles: 60, results: [undone, undone] },
    answer: undone,
    at: [5, 60],
  },
  {
    name: 'what could not be undone while it went on may be later',
    story: { activityEnds: 20, runSettles: 60, results: [failed, undone] },
    answer: undone,
    at: [5, 20],
  },
  {
    name: 'what could be undone while it went on may not be later',
    story: { activityEnds: 20, runSettles: 60, results: [undone, failed] },
    answer: failed,
    at: [5, 20],
  },
  {
    name: 'what fails is told',
    story: { activityEnds: 0, runSettles: 60, results: [failed] },
    answer: failed,
    at: [5],
  },
  {
    name: 'what needs no undo is told',
    story: { activityEnds: 20, runSettles: 60, results: [notNeeded, notNeeded] },
    answer: notNeeded,
    at: [5, 20],
  },
])('$name', async ({ story, answer, at }) => {
  expect(await play(story)).toEqual({ answer, at })
})
