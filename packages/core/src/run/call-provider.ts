import {
  type ActivityContext,
  ActivityFailed,
  hasCode,
  isObject,
  issuePath,
  type JsonObject,
  type JsonValue,
  type ProviderFields,
  SquallError,
} from '@squall/contract'
import { substitute, type Variables } from '../configuration/substitute.ts'
import type { Resolved } from '../drivers/registry.ts'
import { isInterruption } from './interruption.ts'
import { asJson, notJson } from './json-result.ts'

export interface ProviderRequest {
  readonly activity: JsonObject
  readonly provider: ProviderFields
  readonly resolved: Resolved
  readonly variables: Variables
}

/**
 * Carries one activity out. Rejects with `ActivityFailed` when the activity failed; any other error is one no provider
 * foresaw, which aborts a method (spec 6).
 */
export async function callProvider(request: ProviderRequest, context: ActivityContext): Promise<JsonValue> {
  const result =
    request.resolved.type === 'provider'
      ? await callRaw(request, request.resolved, context)
      : await callActivity(request, request.resolved, context)
  const wrong = result === undefined ? undefined : notJson(result)
  if (wrong === undefined) return asJson(result)
  const fields = {
    activity: String(request.activity['name']),
    driver: request.resolved.from.name,
    what: wrong,
  }
  const cause = new SquallError('SQUALL_RESULT_NOT_JSON', fields)
  throw new ActivityFailed(cause.message, { cause, hint: cause.hint })
}

/** The provider object with its variables replaced, by the rule of its type. */
export function substitutedProvider({ provider, resolved, variables }: ProviderRequest): ProviderFields {
  const fields = resolved.type === 'provider' ? (resolved.provider.substituted ?? []) : []
  const replaced: ProviderFields = { ...provider }
  for (const field of fields) {
    if (provider[field] !== undefined) replaced[field] = substitute(provider[field] as JsonValue, variables)
  }
  if (provider.arguments !== undefined && !variables.empty) {
    replaced.arguments = substitute(provider.arguments, variables)
  }
  return replaced
}

async function callRaw(
  request: ProviderRequest,
  { provider }: Extract<Resolved, { type: 'provider' }>,
  context: ActivityContext,
): Promise<unknown> {
  return provider.run(callOf(request), context)
}

export function callOf(
  request: ProviderRequest,
): Parameters<Extract<Resolved, { type: 'provider' }>['provider']['run']>[0] {
  const { activity } = request
  return {
    provider: substitutedProvider(request),
    kind: activity['type'] === 'probe' ? 'probe' : 'action',
    activity: String(activity['name']),
    hasTolerance: 'tolerance' in activity,
  }
}

/** A function's own errors fail the activity, as the reference's python provider has it. */
async function callActivity(
  request: ProviderRequest,
  { activity }: Extract<Resolved, { type: 'activity' }>,
  context: ActivityContext,
): Promise<unknown> {
  const args = await checkedArguments(request, substitutedProvider(request).arguments)
  try {
    return await activity.run(args, context)
  } catch (error) {
    context.signal.throwIfAborted()
    if (isInterruption(error) || hasCode(error, 'SQUALL_ACTIVITY_FAILED')) throw error
    throw new ActivityFailed(error instanceof Error ? error.message : String(error), { cause: error })
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
  const problems = checked.issues.map((issue) =>
    [issuePath(issue).join('.'), issue.message].filter(Boolean).join(': '),
  )
  const fields = { activity: String(request.activity['name']), problems: problems.join('; ') }
  const cause = new SquallError('SQUALL_ARGUMENTS_INVALID', fields)
  throw new ActivityFailed(cause.message, { cause, hint: cause.hint })
}

/** Merges the groups of secrets a provider names; unknown groups are ignored (spec 6.1). */
export function secretsFor(provider: ProviderFields, secrets: JsonObject): JsonObject {
  const groups = Array.isArray(provider.secrets) ? provider.secrets : []
  return Object.assign(
    {},
    ...groups.map((name) => (isObject(secrets[name]) ? secrets[name] : {})),
  ) as JsonObject
}
