import { type ActivityContext, ActivityFailed, SquallError, type Targets } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { callOf, checkedArguments, type ProviderRequest, substitutedProvider } from '../run/call-provider.ts'
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

/** Rejects with `ActivityFailed` when an action would touch what is protected. Asked right before the action. */
export async function checkProtection(
  request: ProviderRequest,
  protection: Protection,
  context: ActivityContext,
): Promise<void> {
  if (!isProtecting(protection) || !changes(request)) return
  const refusal = refusalOf(await targetsOf(request, context), protection)
  if (refusal === undefined) return
  const fields = { activity: textOf(request.activity['name']), reason: refusal }
  const cause = new SquallError('SQUALL_TARGET_PROTECTED', fields)
  throw new ActivityFailed(cause.message, { cause, hint: cause.hint })
}

/** A file may call a driver's action a probe: it changes the system all the same. */
function changes({ activity, resolved }: ProviderRequest): boolean {
  return resolved.type === 'activity' ? resolved.activity.kind === 'action' : activity['type'] === 'action'
}
