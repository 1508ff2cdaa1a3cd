import type { JsonValue } from '@squall/contract'
import { LawBroken } from '../law.ts'
import { showsHarm } from '../looks.ts'
import type { Sample } from '../samples.ts'
import { onStage, type Stage } from '../stage.ts'
import type { Subject } from '../subject.ts'
import type { UndoRecord } from '../undo-recorder.ts'

/** A target that an action has harmed. */
export interface Harm {
  readonly stage: Stage
  /** What was seen before. */
  readonly before: JsonValue
  /** What was registered until now. */
  readonly records: readonly UndoRecord[]
}

/** Plays on a target whose harm stands and is seen. */
export async function onceHarmed(subject: Subject, play: (harm: Harm) => Promise<void>): Promise<void> {
  await onStage(subject, harmScene(subject), async (stage) => {
    const before = await stage.look()
    const running = stage.start()
    await (isPassing(subject) ? stage.middleOf(running) : running.value())
    await showsHarm(stage, before)
    const { records } = running.context.undos
    if (records.length === 0) throw new LawBroken('It registered no undo.')
    await play({ stage, before, records })
  })
}

/** Whether the effect is there only while the action runs. */
export function isPassing({ sample }: Subject): boolean {
  return sample.effect === 'while it runs'
}

/** The target on which the effect is seen. */
export function harmScene(subject: Subject): Sample['prepare'] {
  const { name, sample } = subject
  if (!isPassing(subject)) return sample.prepare
  if (sample.long) return sample.long
  throw new LawBroken(
    `The effect of '${name}' is there only while it runs: give a 'long' scene that shows it.`,
  )
}
