import type { JsonObject } from '@squall/contract'
import { targetsAt } from '../call.ts'
import type { Law } from '../law.ts'
import { planted, refuseLeak } from '../leaks.ts'
import { errorText } from '../shown.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** What holds for what an activity is trusted with. */
export function secretLaws(subject: Subject): readonly Law[] {
  return [
    lawOf(subject, 'keeps secrets to itself', () =>
      onStage(subject, subject.sample.prepare, async (stage) => {
        const given = { ...stage.scene.secrets, ...planted }
        const targets = await targetsOf(stage, given)
        const running = stage.start({ secrets: given })
        const end = await running.end()
        refuseLeak('Its targets name', targets, given)
        refuseLeak('It logs', running.context.logged, given)
        // A secret it was given to use may be in an answer; squall takes it out of the journal.
        if (end.ok) refuseLeak('It answers with', end.value, planted)
        else refuseLeak('It fails with', errorText(end.error), given)
      }),
    ),
  ]
}

async function targetsOf(stage: Stage, secrets: JsonObject): Promise<unknown> {
  if (stage.subject.kind === 'probe') return undefined
  return targetsAt(stage.driver, stage.address, stage.scene.input, stage.context({ secrets }))
}
