import { nextTurn } from '../host/system-clock.ts'
import { endsInTime, type Took, timeToEnd } from '../in-time.ts'
import { type Law, LawBroken } from '../law.ts'
import { becomesAgain, staysAs } from '../looks.ts'
import { patience } from '../patience.ts'
import type { Running } from '../running.ts'
import type { Sample } from '../samples.ts'
import { onStage, type Stage } from '../stage.ts'
import { isUndoable, lawOf, type Subject } from '../subject.ts'

/** What holds when an activity has to end. */
export function abortLaws(subject: Subject): readonly Law[] {
  const inTime = lawOf(subject, `ends within ${patience.abort} ms of an abort`, () =>
    endsInTime(() => abortedOnce(subject)),
  )
  if (subject.kind === 'probe') return [inTime]
  const before = lawOf(subject, 'does nothing when it is aborted before it starts', () =>
    doesNothing(subject),
  )
  if (!isUndoable(subject)) return [inTime, before]
  return [
    inTime,
    before,
    lawOf(subject, 'leaves nothing behind when it is aborted', () => leavesNothing(subject)),
  ]
}

function abortedOnce(subject: Subject): Promise<Took> {
  return onStage(subject, middleScene(subject), async (stage) => {
    const running = stage.start()
    if (subject.sample.long) await stage.middleOf(running)
    return timeToEnd(running.ended, () => running.abort())
  })
}

function doesNothing(subject: Subject): Promise<void> {
  return onStage(subject, subject.sample.prepare, async (stage) => {
    const before = await stage.look()
    await stage.start({ aborted: true }).end()
    await staysAs(stage, before, 'It acted although it was aborted before')
  })
}

async function leavesNothing(subject: Subject): Promise<void> {
  const { long, prepare, effect } = subject.sample
  if (long) await leavesNothingAt(subject, long, inTheMiddle)
  if (effect === 'while it runs') return
  for (const moment of [atOnce, atRegistration, afterRegistration]) {
    await leavesNothingAt(subject, prepare, moment)
  }
}

/** When an activity is aborted. */
interface Moment {
  readonly name: string
  start(stage: Stage): Promise<Running> | Running
}

const inTheMiddle: Moment = {
  name: 'in the middle',
  start: async (stage) => {
    const running = stage.start()
    await stage.middleOf(running)
    running.abort()
    return running
  },
}

const atOnce: Moment = {
  name: 'at once',
  start: (stage) => {
    const running = stage.start()
    running.abort()
    return running
  },
}

const atRegistration: Moment = {
  name: 'while its undo was recorded',
  start: (stage) => {
    const running: Running = stage.start({ onUndo: () => running.abort() })
    return running
  },
}

const afterRegistration: Moment = {
  name: 'right after its undo was recorded',
  start: (stage) => {
    const running: Running = stage.start({
      // Not waited for: the activity goes on, and is aborted a moment later.
      onUndo: () => void nextTurn().then(() => running.abort()),
    })
    return running
  },
}

async function leavesNothingAt(
  subject: Subject,
  prepare: Sample['prepare'],
  { name, start }: Moment,
): Promise<void> {
  await onStage(subject, prepare, async (stage) => {
    const before = await stage.look()
    const running = await start(stage)
    await running.end()
    // It was quicker than the abort: what it did then is not what this law is about.
    if (!running.wasAborted) return
    await stage.undo(running.context.undos.records)
    await becomesAgain(stage, before, `Aborted ${name}, it left something that its undo does not take back`)
  })
}

function middleScene({ name, sample }: Subject): Sample['prepare'] {
  if (sample.long) return sample.long
  if (sample.long === false) return sample.prepare
  throw new LawBroken(
    `Say in the sample for '${name}' how it takes long, with 'long', or 'long: false' when it never does.`,
  )
}
