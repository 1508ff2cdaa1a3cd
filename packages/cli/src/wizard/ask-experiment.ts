import type { JsonObject, JsonValue } from '@squall/contract'
import type { Choice } from '../discovery/choices.ts'
import { type ActivityWish, askActivity, fits } from './ask-activity.ts'
import type { Prompter } from './prompter.ts'

export interface Interview {
  readonly ask: Prompter
  readonly choices: readonly Choice[]
  /** What is known already and not asked for. */
  readonly title: string | undefined
  readonly description: string | undefined
  /** What is wrong with an experiment, a line each. */
  problemsOf(experiment: JsonObject): Promise<readonly string[]>
}

/** Asks for a whole experiment. Every activity is checked when it is given, so the result is valid. */
export async function askExperiment(interview: Interview): Promise<JsonObject> {
  const { ask } = interview
  const title = interview.title ?? (await askLine('What is the experiment called?', 'It has a title.', ask))
  const description =
    interview.description ?? (await ask.text({ message: 'What do you expect to happen?', initial: 'N/A' }))
  const hypothesis = await askHypothesis(interview)
  ask.say('The method: what is done to the system.')
  const method = await askList('method', interview)
  const hasRollbacks = await ask.confirm('Are there steps that put things back?', false)
  const rollbacks = hasRollbacks ? await askList('rollbacks', interview) : []
  return {
    title,
    description: description.trim() === '' ? 'N/A' : description,
    tags: [],
    ...(hypothesis ? { 'steady-state-hypothesis': hypothesis } : {}),
    method,
    ...(rollbacks.length > 0 ? { rollbacks } : {}),
  }
}

async function askHypothesis(interview: Interview): Promise<JsonObject | undefined> {
  const { ask } = interview
  if (!(await ask.confirm('Say what the steady state is?', true))) return undefined
  const title = await askLine('Which state must hold, before and after?', 'It has a title.', ask)
  return { title, probes: await askList('hypothesis', interview) }
}

async function askLine(message: string, problem: string, ask: Prompter): Promise<string> {
  const text = await ask.text({ message, problemOf: (given) => (given.trim() === '' ? problem : undefined) })
  return text.trim()
}

const questions = {
  hypothesis: ['Add a probe?', 'Add another probe?'],
  method: ['Add an activity?', 'Add another activity?'],
  rollbacks: ['Add an action?', 'Add another action?'],
} as const

async function askList(part: ActivityWish['part'], interview: Interview): Promise<JsonValue[]> {
  const activities: JsonValue[] = []
  const [first, next] = questions[part]
  const choices = interview.choices.filter(({ kind }) => fits(kind, part))
  if (choices.length === 0) {
    interview.ask.warn('No installed driver offers anything for this. Add one with npm, then begin anew.')
    return []
  }
  while (await interview.ask.confirm(activities.length === 0 ? first : next, activities.length === 0)) {
    const activity = await askActivity({ part, choices }, interview.ask)
    if (await isAccepted(activity, part, interview)) activities.push(activity)
  }
  return activities
}

/** One that is wrong is left out and told, with what is wrong. */
async function isAccepted(
  activity: JsonObject,
  part: ActivityWish['part'],
  { ask, problemsOf }: Interview,
): Promise<boolean> {
  const lists =
    part === 'hypothesis'
      ? { 'steady-state-hypothesis': { title: 'T', probes: [activity] } }
      : { [part]: [activity] }
  const problems = await problemsOf({ title: 'T', description: 'D', method: [], ...lists })
  if (problems.length > 0) ask.warn(`This is left out:\n${problems.join('\n')}`)
  return problems.length === 0
}
