import type { JsonValue, ProviderCall, ProviderFields } from '@squall/contract'
import { nodeProvider } from '../src/node-provider.ts'
import { RememberingContext } from './activity-context.ts'

/** A provider call as the core makes it. */
export function callOf(provider: Omit<ProviderFields, 'type'>): ProviderCall {
  return {
    provider: { type: 'node', ...provider },
    kind: 'action',
    activity: 'the test',
    hasTolerance: false,
  }
}

/** Runs one activity of provider `node` for an experiment in `directory`. */
export function runNode(
  directory: string | RememberingContext,
  provider: Omit<ProviderFields, 'type'>,
): Promise<JsonValue> {
  const context = typeof directory === 'string' ? new RememberingContext(directory) : directory
  return nodeProvider().run(callOf(provider), context)
}
