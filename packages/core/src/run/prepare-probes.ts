import { isObject, type ProviderFields } from '@squall/contract'
import { resolveRef } from './activity.ts'
import { orAbandon } from './or-abandon.ts'
import { probesOf, type RunScope } from './run-scope.ts'

/**
 * Loads what the probes of the hypothesis need before their time begins: the first check would otherwise take so long
 * that many others are missed. What goes wrong here goes wrong in the check itself, which tells it.
 */
export async function prepareProbes(scope: RunScope): Promise<void> {
  const { foreground: signal } = scope.interruption
  const work = Promise.allSettled(probesOf(scope.experiment).map((entry) => prepare(entry, scope)))
  await orAbandon(work, signal, scope.clock).catch(() => undefined)
}

async function prepare(entry: unknown, scope: RunScope): Promise<void> {
  const { provider } = resolveRef(entry, scope)
  if (!isObject(provider)) return
  const resolved = await scope.registry.resolve(provider as unknown as ProviderFields)
  if (resolved.type === 'provider') await resolved.provider.prepare?.()
}
