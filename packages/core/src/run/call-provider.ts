import {
  type ActivityContext,
  ActivityFailed,
  hasCode,
  isObject,
  isSquallError,
  type JsonObject,
  type JsonValue,
  type ProviderFields,
  SquallError,
} from '@squall/contract'
import { substitute, substituteSteps, type Variables } from '../configuration/substitute.ts'
import { textOf } from '../configuration/text-of.ts'
import type { Resolved } from '../drivers/registry.ts'
import { isInterruption } from './interruption.ts'
import { issuesText } from './issues-text.ts'
import { asJson } from './json-result.ts'

export interface ProviderRequest {
  readonly activity: JsonObject
  readonly provider: ProviderFields
  readonly resolved: Resolved
  readonly variables: Variables
}

/**
 * Calls the driver of one activity. A number may come with its text (see `putValue`). Rejects with `ActivityFailed` when the activity failed; any other error is one no
 * provider foresaw, which aborts a method (spec 6).
 */
export async function callProvider(request: ProviderRequest, context: ActivityContext): Promise<JsonValue> {
  const { resolved } = request
  const result =
    resolved.type === 'provider'
      ? await callRaw(request, resolved, context)
      : await callActivity(request, resolved, context)
  const answer = asJson(result)
  if ('json' in answer) return answer.json
  const fields = { activity: nameOf(request), driver: resolved.from.name, what: answer.wrong }
  throw failureOf(new SquallError('SQUALL_RESULT_NOT_JSON', fields))
}

function nameOf({ activity }: ProviderRequest): string {
  return textOf(activity['name'])
}

function failureOf(cause: SquallError): ActivityFailed {
  return new ActivityFailed(cause.message, { cause, hint: cause.hint })
}

/** The provider object with its variables replaced, by the rule of its type. */
export function substitutedProvider({ provider, resolved, variables }: ProviderRequest): ProviderFields {
  const fields = resolved.type === 'provider' ? (resolved.provider.substituted ?? []) : []
  const replaced: ProviderFields = { ...provider }
  for (const field of fields) {
    if (provider[field] !== undefined) replaced[field] = substitute(provider[field] as JsonValue, variables)
  }
  if (provider.arguments !== undefined) {
    const put = variables.empty ? substituteSteps : substitute
    replaced.arguments = put(provider.arguments, variables)
  }
  return replaced
}

async function callRaw(
  request: ProviderRequest,
  { provider }: Extract<Resolved, { type: 'provider' }>,
  context: ActivityContext,
): Promise<unknown> {
  try {
    return await provider.run(callOf(request), context)
  } catch (error) {
    // Without its undo on disk the activity has done nothing, so the run can go on.
    if (hasCode(error, 'SQUALL_UNDO_NOT_RECORDED')) throw failureOf(error)
    throw error
  }
}

export function callOf(
  request: ProviderRequest,
): Parameters<Extract<Resolved, { type: 'provider' }>['provider']['run']>[0] {
  const { activity } = request
  return {
    provider: substitutedProvider(request),
    kind: activity['type'] === 'probe' ? 'probe' : 'action',
    activity: nameOf(request),
    hasTolerance: 'tolerance' in activity || isObject(activity['until']),
    background: activity['background'] === true,
    hasTimeLimit: activity['max_duration'] !== undefined,
  }
}

/** A function's own errors fail the activity, as the reference's python provider has it. */
async function callActivity(
  request: ProviderRequest,
  { activity }: Extract<Resolved, { type: 'activity' }>,
  context: ActivityContext,
): Promise<unknown> {
  try {
    const args = await checkedArguments(request, substitutedProvider(request).arguments)
    return await activity.run(args, context)
  } catch (error) {
    if (isInterruption(error) || hasCode(error, 'SQUALL_ACTIVITY_FAILED')) throw error
    if (isSquallError(error)) throw failureOf(error)
    throw new ActivityFailed(error instanceof Error ? error.message : textOf(error), { cause: error })
  }
}

/** Checks arguments against the activity's schema and fills in defaults. Rejects with `ActivityFailed`. */
export async function checkedArguments(
  request: ProviderRequest,
  args: JsonValue | undefined,
): Promise<unknown> {
  if (request.resolved.type !== 'activity') return args
  const checked = await request.resolved.activity.args['~standard'].validate(isObject(args) ? args : {})
  if (!checked.issues) return checked.value
  const fields = { activity: nameOf(request), problems: issuesText(checked.issues) }
  throw failureOf(new SquallError('SQUALL_ARGUMENTS_INVALID', fields))
}

/** Merges the groups of secrets a provider names; unknown groups are ignored (spec 6.1). */
export function secretsFor(provider: ProviderFields, secrets: JsonObject): JsonObject {
  const groups: unknown[] = Array.isArray(provider?.secrets) ? provider.secrets : []
  const entries = groups.flatMap((name) => {
    const group = typeof name === 'string' && Object.hasOwn(secrets, name) ? secrets[name] : undefined
    return isObject(group) ? Object.entries(group) : []
  })
  return Object.fromEntries(entries) as JsonObject
}
