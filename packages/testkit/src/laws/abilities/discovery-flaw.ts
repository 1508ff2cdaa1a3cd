import { isObject } from '@squall/contract'

/** What of an answer is not in the shape that `discover` writes (spec 23.1); undefined when all is. */
export function discoveryFlaw(found: unknown): string | undefined {
  if (!isObject(found)) return 'it is no object'
  const texts = textFlaw(found, ['chaoslib_version', 'id', 'target', 'date'])
  if (texts) return texts
  if (Number.isNaN(Date.parse(String(found['date'])))) return "its 'date' is none"
  if (!isObject(found['platform'])) return "its 'platform' is no object"
  if (!isObject(found['extension'])) return "its 'extension' is no object"
  const extension = textFlaw(found['extension'], ['name', 'version'])
  if (extension) return `of its 'extension', ${extension}`
  const { activities } = found
  if (!Array.isArray(activities)) return "its 'activities' are no list"
  return activities.map(activityFlaw).find((flaw) => flaw !== undefined)
}

/** What of a list is not as `squall info extensions` shows it. */
export function installedFlaw(listed: unknown): string | undefined {
  if (!Array.isArray(listed)) return 'it is no list'
  const fields = ['name', 'version', 'license', 'description']
  return listed
    .map((one) => (isObject(one) ? textFlaw(one, fields) : 'one is no object'))
    .find((flaw) => flaw !== undefined)
}

function activityFlaw(activity: unknown): string | undefined {
  if (!isObject(activity)) return 'one of its activities is no object'
  const { type, name, arguments: args } = activity
  if (type !== 'probe' && type !== 'action') return `the type of '${String(name)}' is ${JSON.stringify(type)}`
  const texts = textFlaw(activity, ['name', 'mod'])
  if (texts) return `of an activity, ${texts}`
  const named =
    Array.isArray(args) && args.every((each) => isObject(each) && typeof each['name'] === 'string')
  return named ? undefined : `the arguments of '${String(name)}' are no list of names`
}

function textFlaw(value: object, fields: readonly string[]): string | undefined {
  const wrong = fields.find((field) => typeof (value as Record<string, unknown>)[field] !== 'string')
  return wrong && `'${wrong}' is no text`
}
