import { Elsewhere } from '../host/elsewhere.ts'
import { type Law, LawBroken } from '../law.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'
import { actOrder, untilMiddle } from './act-elsewhere.ts'

/**
 * What is open after an activity, seen in a process that does nothing else. What an action leaves on purpose is taken
 * back first.
 */
export function openLaws(subject: Subject): readonly Law[] {
  const { long, prepare } = subject.sample
  return [
    lawOf(subject, 'leaves no handle, timer or child open', async () => {
      await onStage(subject, prepare, (stage) => leavesNothingOpen(stage, 'its end', async () => {}))
      await onStage(subject, long || prepare, (stage) => leavesNothingOpen(stage, 'an abort', abort))
    }),
  ]
}

async function leavesNothingOpen(
  stage: Stage,
  what: string,
  during: (elsewhere: Elsewhere, stage: Stage) => Promise<void>,
): Promise<void> {
  await using elsewhere = new Elsewhere({ ...actOrder(stage), tidy: true })
  await during(elsewhere, stage)
  const { open } = await elsewhere.report('left')
  if (open.length > 0) throw new LawBroken(`After ${what} it still has open: ${open.join(', ')}.`)
}

async function abort(elsewhere: Elsewhere, stage: Stage): Promise<void> {
  if (stage.subject.sample.long) await untilMiddle(elsewhere, stage)
  elsewhere.abort()
}
