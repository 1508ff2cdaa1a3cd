import type { ControlContext, JsonObject, Log, RunEventBody } from '@squall/contract'
import { activityLog } from '../run/activity-log.ts'
import type { RunScope } from '../run/run-scope.ts'
import { probeFor } from './control-probe.ts'

type Request = { readonly control: string; readonly how: 'graceful' | 'ungraceful'; readonly reason: string }

/**
 * What controls reach of the run. Global ones are there before it: what they say until then is told, and what they ask
 * for is done, once it begins.
 */
export class ControlHost {
  #scope: RunScope | undefined
  #said: RunEventBody[] = []
  #asked: Request[] = []

  attach(scope: RunScope): void {
    this.#scope = scope
    for (const body of this.#said) scope.events.emit(body)
    for (const request of this.#asked) this.#interrupt(request)
    this.#said = []
    this.#asked = []
  }

  emit(body: RunEventBody): void {
    if (this.#scope) this.#scope.events.emit(body)
    else this.#said.push(body)
  }

  /** What one control reaches. */
  contextOf(control: string, signal: AbortSignal): Pick<ControlContext, 'log' | 'interrupt' | 'probe'> {
    return {
      log: this.#log(),
      interrupt: (how, reason) => this.#interrupt({ control, how, reason }),
      probe: async (activity: JsonObject) => {
        if (!this.#scope) throw new Error('Probes can be run once the run has begun.')
        return probeFor(activity, signal, this.#scope)
      },
    }
  }

  #log(): Log {
    return activityLog({ emit: (body) => this.emit(body) })
  }

  #interrupt(request: Request): void {
    const { control, how, reason } = request
    if (!this.#scope) this.#asked.push(request)
    else this.#scope.interruption.requestByControl(controlWords(control, reason), how)
  }
}

/** How a control is named as the one that ended a run. */
export function controlWords(control: string, reason: string): string {
  return `the control '${control}' (${reason.replace(/\.$/, '')})`
}
