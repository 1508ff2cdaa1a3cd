import {
  type Activity,
  type ActivityContext,
  type Driver,
  issuePath,
  type JsonObject,
  type ProviderCall,
  type ProviderType,
  type SchemaIssue,
  type StandardSchema,
  type Targets,
} from '@squall/contract'
import { LawBroken } from './law.ts'
import { pathText } from './shown.ts'

/** Which activity or provider type of a driver is meant. JSON, so that another process can be told. */
export type Address =
  | { readonly type: 'activity'; readonly func: string }
  | { readonly type: 'provider'; readonly provider: string; readonly kind: 'probe' | 'action' }

/** Something wrong with an input. */
export interface Problem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Finds what the driver says is wrong with an input, as the core does before a run. */
export async function problemsWith(
  driver: Driver,
  address: Address,
  input: JsonObject,
  directory: string,
): Promise<readonly Problem[]> {
  if (address.type === 'activity') return schemaProblems(activityOf(driver, address.func).args, input)
  const provider = providerOf(driver, address.provider)
  const issues = await provider.validate({ ...input, type: address.provider }, { directory, options: {} })
  return issues.filter(({ level }) => level !== 'warning')
}

/** Calls an activity or a provider as the core does: arguments pass their schema first. */
export async function callAt(
  driver: Driver,
  address: Address,
  input: JsonObject,
  context: ActivityContext,
): Promise<unknown> {
  if (address.type === 'provider') {
    return providerOf(driver, address.provider).run(callOf(address, input), context)
  }
  const activity = activityOf(driver, address.func)
  return activity.run(await accepted(activity.args, input, `'${address.func}'`), context)
}

/** Asks an action what it would touch. */
export async function targetsAt(
  driver: Driver,
  address: Address,
  input: JsonObject,
  context: ActivityContext,
): Promise<Targets> {
  if (address.type === 'provider') {
    return providerOf(driver, address.provider).targets(callOf(address, input), context)
  }
  const activity = activityOf(driver, address.func)
  if (activity.kind !== 'action') throw new LawBroken(`'${address.func}' is no action.`)
  return activity.targets(await accepted(activity.args, input, `'${address.func}'`), context)
}

/** What a schema makes of a value. Throws `LawBroken` when it refuses it. */
export async function accepted(schema: StandardSchema, value: unknown, whose: string): Promise<unknown> {
  const checked = await schema['~standard'].validate(value)
  if (!checked.issues) return checked.value
  throw new LawBroken(`The arguments of ${whose} are refused: ${problemText(checked.issues.map(problemOf))}.`)
}

/** What is wrong, for a person. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `${pathText(path)}: ${message}`).join('; ')
}

export async function schemaProblems(schema: StandardSchema, value: unknown): Promise<readonly Problem[]> {
  const checked = await schema['~standard'].validate(value)
  return (checked.issues ?? []).map(problemOf)
}

function problemOf(issue: SchemaIssue): Problem {
  return { path: issuePath(issue), message: issue.message }
}

function callOf(address: Extract<Address, { type: 'provider' }>, input: JsonObject): ProviderCall {
  const { provider, kind } = address
  return { provider: { ...input, type: provider }, kind, activity: 'a law', hasTolerance: false }
}

function activityOf(driver: Driver, func: string): Activity {
  const activity = driver.activities?.[func]
  if (!activity) throw new LawBroken(`The driver '${driver.name}' has no activity '${func}'.`)
  return activity
}

function providerOf(driver: Driver, type: string): ProviderType {
  const provider = driver.providers?.[type]
  if (!provider) throw new LawBroken(`The driver '${driver.name}' has no provider type '${type}'.`)
  return provider
}
