import {
  type ActivityContext,
  type Driver,
  issuePath,
  type SchemaIssue,
  type Targets,
} from '@squall/contract'

/** Calls an activity as the core does: its arguments pass the schema first. */
export async function call(
  driver: Driver,
  func: string,
  args: unknown,
  context: ActivityContext,
): Promise<Record<string, unknown>> {
  const activity = driver.activities?.[func]
  if (!activity) throw new Error(`There is no activity ${func}.`)
  return activity.run(await checked(activity.args, args), context)
}

export async function targets(
  driver: Driver,
  func: string,
  args: unknown,
  context: ActivityContext,
): Promise<Targets> {
  const activity = driver.activities?.[func]
  if (activity?.kind !== 'action') throw new Error(`There is no action ${func}.`)
  return activity.targets(await checked(activity.args, args), context)
}

/** What is wrong with arguments, as `path: message`. */
export async function problems(driver: Driver, func: string, args: unknown): Promise<string[]> {
  const result = await driver.activities?.[func]?.args['~standard'].validate(args)
  return (result?.issues ?? []).map(issueText)
}

async function checked(
  schema: NonNullable<Driver['activities']>[string]['args'],
  args: unknown,
): Promise<unknown> {
  const result = await schema['~standard'].validate(args)
  if (result.issues) throw new Error(result.issues.map(issueText).join('; '))
  return result.value
}

function issueText(issue: SchemaIssue): string {
  const path = issuePath(issue).join('.')
  return path === '' ? issue.message : `${path}: ${issue.message}`
}
