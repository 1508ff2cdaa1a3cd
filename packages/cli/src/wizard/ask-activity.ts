import type { JsonObject, JsonValue } from '@squall/contract'
import type { Choice } from '../discovery/choices.ts'
import { askField } from './ask-field.ts'
import { askTolerance } from './ask-tolerance.ts'
import type { Prompter } from './prompter.ts'

export interface ActivityWish {
  readonly part: 'hypothesis' | 'method' | 'rollbacks'
  /** Those that fit the part. */
  readonly choices: readonly Choice[]
}

const wanted = {
  hypothesis: 'What shows that all is well?',
  method: 'What is done to the system, or looked at meanwhile?',
  rollbacks: 'What puts it back?',
} as const

/** Asks for one activity: which, its arguments, its name, and for the hypothesis what it must answer. */
export async function askActivity({ part, choices }: ActivityWish, ask: Prompter): Promise<JsonObject> {
  const choice = await ask.choose(
    wanted[part],
    choices.map((value) => ({ value, label: value.label, hint: value.summary })),
  )
  const type = await kindOf(choice, part, ask)
  const provider = await askProvider(choice, ask)
  const name = await ask.text({
    message: 'Name it',
    initial: choice.summary.replace(/\.$/, '') || choice.label,
    problemOf: (text) => (text.trim() === '' ? 'An activity has a name.' : undefined),
  })
  const tolerance = part === 'hypothesis' ? { tolerance: await askTolerance(provider, ask) } : {}
  return { type, name: name.trim(), ...tolerance, provider }
}

/** A steady state is looked at, and what puts things back is done. */
export function fits(kind: Choice['kind'], part: ActivityWish['part']): boolean {
  if (part === 'hypothesis') return kind !== 'action'
  return part === 'method' || kind !== 'probe'
}

async function kindOf(
  { kind }: Choice,
  part: ActivityWish['part'],
  ask: Prompter,
): Promise<'probe' | 'action'> {
  if (kind !== 'either') return kind
  if (part === 'hypothesis') return 'probe'
  if (part === 'rollbacks') return 'action'
  return ask.choose('Does it change something?', [
    { value: 'action' as const, label: 'Yes: an action' },
    { value: 'probe' as const, label: 'No: a probe' },
  ])
}

async function askProvider({ provider, fields, place }: Choice, ask: Prompter): Promise<JsonObject> {
  const given = new Map<string, JsonValue>()
  for (const field of fields.filter(({ isRequired }) => isRequired))
    given.set(field.name, await askField(field, ask))
  const optional = fields.filter(({ isRequired }) => !isRequired)
  const chosen =
    optional.length === 0
      ? []
      : await ask.chooseSome('Set more? (space chooses, enter goes on)', optional.map(answerFor))
  for (const field of chosen) given.set(field.name, await askField({ ...field, isRequired: true }, ask))
  const values = Object.fromEntries(given)
  if (place === 'provider') return { ...provider, ...values }
  return given.size === 0 ? provider : { ...provider, arguments: values }
}

function answerFor(field: Choice['fields'][number]): { value: typeof field; label: string; hint?: string } {
  const usual =
    field.default === undefined || field.default === null ? '' : `default ${JSON.stringify(field.default)}`
  const hint = [field.description, usual].filter(Boolean).join(' ')
  return { value: field, label: field.name, ...(hint === '' ? {} : { hint }) }
}
