import type { JsonObject, JsonValue } from '@squall/contract'
import { targetsAt } from '../call.ts'
import { type Law, LawBroken } from '../law.ts'
import { errorText } from '../shown.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** A secret that nobody asks for. It reads differently in each of the forms below. */
const planted = { law_planted_secret: 'planted "secret" 2f6b/9c' }
/** Shorter texts are found in anything; squall does not look for them either. */
const shortest = 6

/** What holds for what an activity is trusted with. */
export function secretLaws(subject: Subject): readonly Law[] {
  return [
    lawOf(subject, 'keeps secrets to itself', () =>
      onStage(subject, subject.sample.prepare, async (stage) => {
        const given = { ...stage.scene.secrets, ...planted }
        const targets = await targetsOf(stage, given)
        const running = stage.start({ secrets: given })
        const end = await running.end()
        refuse('Its targets name', targets, given)
        refuse('It logs', running.context.messages, given)
        // A secret it was given to use may be in an answer; squall takes it out of the journal.
        if (end.ok) refuse('It answers with', end.value, planted)
        else refuse('It fails with', errorText(end.error), given)
      }),
    ),
  ]
}

async function targetsOf(stage: Stage, secrets: JsonObject): Promise<unknown> {
  if (stage.subject.kind === 'probe') return undefined
  return targetsAt(stage.driver, stage.address, stage.scene.input, stage.context({ secrets }))
}

function refuse(what: string, said: unknown, secrets: JsonObject): void {
  const text = JSON.stringify(said) ?? ''
  const leaked = Object.entries(secrets).find(([, value]) =>
    textsIn(value).some((secret) => isIn(text, secret)),
  )
  if (leaked) throw new LawBroken(`${what} the secret '${leaked[0]}'.`)
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.length < shortest ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** As it is, in JSON in JSON, in a URL, in base64. */
function isIn(json: string, secret: string): boolean {
  const once = JSON.stringify(secret).slice(1, -1)
  const twice = JSON.stringify(once).slice(1, -1)
  const forms = [once, twice, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return forms.some((form) => json.includes(form))
}
