import {
  type ControlContext,
  type ControlDeclaration,
  type HookCall,
  type HookName,
  isObject,
  type JsonObject,
  type JsonValue,
  type ProviderFields,
  type SetupCall,
} from '@squall/contract'
import type { LawContext } from '../law-context.ts'
import type { ControlAddress, ControlDeed } from './deed.ts'
import { LawDocument } from './law-document.ts'
import type { Played } from './played.ts'

/** How a file would declare the control. */
export function declarationOf(
  address: ControlAddress,
  input: JsonObject,
  isGlobal: boolean = false,
): ControlDeclaration {
  // The core calls a named control by the driver's name, which the control has no use for.
  const provider =
    'control' in address ? { type: 'law', ...address, arguments: input } : { ...input, ...address }
  return { name: 'law', provider: structuredClone(provider) as unknown as ProviderFields, isGlobal }
}

export function setupCall(deed: ControlDeed, { documents }: Played): SetupCall {
  return {
    arguments: argumentsOf(deed),
    experiment: new LawDocument(deed.experiment),
    configuration: new LawDocument(documents.configuration),
    secrets: new LawDocument(deed.secrets),
    ...(deed.isGlobal ? { settings: new LawDocument<JsonObject>({}) } : {}),
  }
}

export function hookCall(
  name: HookName,
  about: { readonly context: JsonValue; readonly state?: JsonValue },
  {
    deed,
    played,
    signal,
  }: { readonly deed: ControlDeed; readonly played: Played; readonly signal: AbortSignal },
): HookCall {
  const isLoading = name.endsWith('-loader')
  return {
    arguments: argumentsOf(deed),
    context: new LawDocument(about.context),
    ...(about.state === undefined ? {} : { state: new LawDocument(about.state) }),
    experiment: isLoading ? null : new LawDocument(deed.experiment),
    configuration: new LawDocument(isLoading ? {} : deed.configuration),
    secrets: new LawDocument(isLoading ? {} : deed.secrets),
    settings: new LawDocument<JsonObject>({}),
    signal,
    skip: (output = null) => void played.skips.push(output),
  }
}

/** What a control reaches of a run that ends with `over`. */
export function controlContext(
  { directory, probe }: ControlDeed,
  { log, clock, random, options }: LawContext,
  run: { readonly played: Played; readonly over: AbortSignal; readonly onAsk: () => void },
): ControlContext {
  const { played, over, onAsk } = run
  return {
    ...{ directory, signal: over, log, clock, random, options },
    interrupt: (_how, reason) => void played.interrupts.push(reason),
    probe: async () => {
      onAsk()
      if (probe !== 'never') return probe
      return new Promise((_, reject) => over.addEventListener('abort', () => reject(over.reason)))
    },
  }
}

function argumentsOf({ address, input }: ControlDeed): JsonObject {
  const given = 'control' in address ? input : input['arguments']
  return isObject(given) ? (structuredClone(given) as JsonObject) : {}
}
