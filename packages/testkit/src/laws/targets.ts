import { isObject } from '@squall/contract'
import { targetsAt } from '../call.ts'
import { type Law, LawBroken } from '../law.ts'
import { staysAs } from '../looks.ts'
import { orTooLate, patience, tooLate } from '../patience.ts'
import { shown } from '../shown.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** What holds for the answer to what an action would touch. */
export function targetsLaws(subject: Subject): readonly Law[] {
  if (subject.kind === 'probe') return []
  const { prepare } = subject.sample
  return [
    lawOf(subject, 'names its targets, or says why it cannot', () =>
      onStage(subject, prepare, async (stage) => {
        const targets = await targetsOn(stage)
        if (!isTargets(targets)) {
          throw new LawBroken(`Its targets are ${shown(targets)}, not a list of texts or {unknown: reason}.`)
        }
      }),
    ),
    lawOf(subject, 'changes nothing while it names its targets', () =>
      onStage(subject, prepare, async (stage) => {
        const before = await stage.look()
        await targetsOn(stage)
        await staysAs(stage, before, `'targets' changed what it should only name`)
      }),
    ),
  ]
}

async function targetsOn(stage: Stage): Promise<unknown> {
  const context = stage.context()
  const asked = targetsAt(stage.driver, stage.address, stage.scene.input, context)
  const targets = await orTooLate(asked, patience.call)
  if (targets === tooLate) throw new LawBroken(`'targets' has not answered after ${patience.call / 1000} s.`)
  const [undo] = context.undos.records
  if (undo) throw new LawBroken(`'targets' registers the undo '${undo.func}', as if it did harm.`)
  return targets
}

function isTargets(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string')
  return isObject(value) && typeof value['unknown'] === 'string'
}
