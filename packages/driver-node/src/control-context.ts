import {
  type ControlContext,
  type HookCall,
  InterruptRun,
  type JsonValue,
  type SetupCall,
} from '@squall/contract'

/** What a hook gets as its second argument. Documents may be changed in place. */
export function hookContext(call: HookCall, { log }: ControlContext): object {
  const { arguments: args, state, experiment, configuration, secrets, settings } = call
  return {
    arguments: args,
    state: state?.value,
    experiment: experiment?.value,
    configuration: configuration.value,
    secrets: secrets.value,
    settings: settings.value,
    signal: call.signal,
    log,
    skip: (output: JsonValue = null) => call.skip(output),
    interrupt,
  }
}

/** What `configure` gets as its second argument. */
export function setupContext(
  { experiment, configuration, secrets, settings }: SetupCall,
  context: ControlContext,
): object {
  return {
    experiment: experiment.value,
    configuration: configuration.value,
    secrets: secrets.value,
    settings: settings?.value,
    signal: context.signal,
    log: context.log,
    /** At any time, also long after this call. */
    interrupt: (reason: string) => context.interrupt('graceful', reason),
  }
}

function interrupt(reason: string): never {
  throw new InterruptRun(reason)
}
