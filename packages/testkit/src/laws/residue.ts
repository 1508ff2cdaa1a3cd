import type { JsonValue } from '@squall/contract'
import { type Law, LawBroken } from '../law.ts'
import { becomesAgain, showsHarm, staysAs } from '../looks.ts'
import { orTooLate, patience, tooLate, until } from '../patience.ts'
import { shown } from '../shown.ts'
import { onStage, type Stage } from '../stage.ts'
import { isUndoable, lawOf, type Subject } from '../subject.ts'
import { harmScene, isPassing } from './harm.ts'

/** What holds for what a driver says was left behind. */
export function residueLaws(subject: Subject): readonly Law[] {
  if (!isUndoable(subject) || !subject.makeDriver().residue) return []
  return [
    lawOf(subject, 'names no residue once it was undone', () => isForgotten(subject)),
    lawOf(subject, 'changes nothing while residue is named', () => touchesNothing(subject)),
  ]
}

async function isForgotten(subject: Subject): Promise<void> {
  await onStage(subject, harmScene(subject), async (stage) => {
    const earlier = await residueOf(stage)
    const { before, undo } = await harmOn(stage)
    await residueOf(stage)
    await undo()
    await becomesAgain(stage, before, 'Its undo did not restore it')
    let left: readonly string[] = []
    const isGone = async () => {
      left = (await residueOf(stage)).filter((found) => !earlier.includes(found))
      return left.length === 0
    }
    if (await until(isGone, patience.effect)) return
    throw new LawBroken(`It was undone, and 'residue' still names ${shown(left)}.`)
  })
}

async function touchesNothing(subject: Subject): Promise<void> {
  await onStage(subject, harmScene(subject), async (stage) => {
    const { undo } = await harmOn(stage)
    const harmed = await stage.look()
    await residueOf(stage)
    await staysAs(stage, harmed, "'residue' changed what it should only name")
    await undo()
  })
}

async function harmOn(stage: Stage): Promise<{ readonly before: JsonValue; undo(): Promise<unknown> }> {
  const before = await stage.look()
  const running = stage.start()
  await (isPassing(stage.subject) ? stage.middleOf(running) : running.value())
  await showsHarm(stage, before)
  return { before, undo: () => stage.undo(running.context.undos.records) }
}

async function residueOf(stage: Stage): Promise<readonly string[]> {
  const asked = stage.driver.residue?.(stage.context()) ?? Promise.resolve([])
  const found: unknown = await orTooLate(asked, patience.call)
  if (found === tooLate) throw new LawBroken(`'residue' has not answered after ${patience.call / 1000} s.`)
  if (Array.isArray(found) && found.every((each) => typeof each === 'string')) return found
  throw new LawBroken(`'residue' answers ${shown(found)}, not a list of texts.`)
}
