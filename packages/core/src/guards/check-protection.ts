import {
  type ActivityContext,
  ActivityFailed,
  hasCode,
  type JsonValue,
  SquallError,
  type Targets,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import {
  callOf,
  callProvider,
  checkedArguments,
  type ProviderRequest,
  substitutedProvider,
} from '../run/call-provider.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { orAbandon } from '../run/or-abandon.ts'
import { isProtecting, type Protection, refusalOf } from './protection.ts'

/** What a request would touch, asked of its driver right now. Probes touch nothing. */
export async function targetsOf(request: ProviderRequest, context: ActivityContext): Promise<Targets> {
  const { resolved } = request
  const looking = {
    ...context,
    undo: () => Promise.reject(new ActivityFailed('Looking at targets registers no undo.')),
  }
  if (resolved.type === 'provider') return resolved.provider.targets(callOf(request), looking)
  if (resolved.activity.kind === 'probe') return []
  const args = await checkedArguments(request, substitutedProvider(request).arguments)
  return resolved.activity.targets(args, looking)
}

/** Whether a request changes the system. A file may call a driver's action a probe: it is an action all the same. */
export function changes({ activity, resolved }: Pick<ProviderRequest, 'activity' | 'resolved'>): boolean {
  return resolved.type === 'activity' ? resolved.activity.kind === 'action' : activity['type'] !== 'probe'
}

/**
 * Carries a request out unless it would touch what is protected. Each of the two, looking and doing, gets a context of
 * its own, so that protection does not change what chance decides.
 */
export async function callUnlessProtected(
  request: ProviderRequest,
  protection: Protection,
  makeContext: () => ActivityContext,
): Promise<JsonValue> {
  if (isProtecting(protection) && changes(request)) await checkProtection(request, protection, makeContext())
  return callProvider(request, makeContext())
}

/** Rejects with `ActivityFailed` when an action would touch what is protected. */
async function checkProtection(
  request: ProviderRequest,
  protection: Protection,
  context: ActivityContext,
): Promise<void> {
  const targets = await knownTargets(request, context)
  const refusal = refusalOf(targets, protection)
  if (refusal === undefined) return
  const fields = { activity: textOf(request.activity['name']), reason: refusal }
  const cause = new SquallError('SQUALL_TARGET_PROTECTED', fields)
  throw new ActivityFailed(cause.message, { cause, hint: cause.hint })
}

/** A driver that fails to look leaves what it would touch unknown. */
async function knownTargets(request: ProviderRequest, context: ActivityContext): Promise<Targets> {
  try {
    return await orAbandon(targetsOf(request, context), context.signal, context.clock)
  } catch (error) {
    context.signal.throwIfAborted()
    // Nothing can be done with wrong arguments, and their own message says more.
    if (error instanceof Error && hasCode(error.cause, 'SQUALL_ARGUMENTS_INVALID')) throw error
    return { unknown: reasonOf(error) }
  }
}
