import type { RunEvent } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { EventStream } from '../run/event-stream.ts'
import { Steps } from '../run/steps.ts'

/** What the activities of a run answered, as its log tells; secrets are in their place again where they are known here. */
export function stepsOf(records: readonly RunEvent[], { redactor }: EventStream): Steps {
  const steps = new Steps()
  const names = new Map<number, string>()
  for (const event of records) {
    if (event.type === 'activity-started') {
      const name = textOf(event.activity['name'])
      names.set(event.id, name)
      steps.started(name)
    }
    const name = event.type === 'activity-completed' ? names.get(event.id) : undefined
    if (event.type !== 'activity-completed' || name === undefined) continue
    const { status = null, output, duration } = event
    steps.ended(name, { status, output: redactor.references.revealAll(output), duration })
  }
  return steps
}
