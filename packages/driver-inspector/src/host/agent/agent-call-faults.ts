import type { AgentHooks } from './agent-hooks.ts'
import type { AgentMemory, CallPoint, Rule, Verdict } from './agent-memory.ts'

export interface CallFault {
  readonly id: string
  /** A regular expression over path, host or URL. */
  readonly match?: string
  /** 0 to 100. */
  readonly percent: number
  /** Ends after so many calls. */
  readonly times?: number
  /** Milliseconds. */
  readonly delay: number
  readonly jitter: number
  readonly error?: { readonly code: string; readonly message: string; readonly errno?: number }
  /** Where the choice among calls starts. */
  readonly seed: number
}

export interface AgentCallFaults {
  /** Delays or fails a share of the calls of these points. Answers with what it hooked. */
  install(fault: CallFault, points: readonly CallPoint[]): string[]
}

/** Decides which calls are struck, and keeps count. */
export function agentCallFaults({ faults }: AgentMemory, hooks: AgentHooks): AgentCallFaults {
  /** Mulberry32: small, and the same numbers for the same seed everywhere. */
  function seededChance(seed: number): () => number {
    let state = seed >>> 0
    return () => {
      state = (state + 0x6d2b_79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
    }
  }

  /** An error as Node's own are: with a code and the call that failed; `fetch` has it as its cause. */
  function systemError({ code, message, errno }: NonNullable<CallFault['error']>, label: string): Error {
    const syscall = label.split('.').at(-1)
    const number = errno === undefined ? {} : { errno }
    const error = Object.assign(new Error(`${code}: ${message}, ${syscall}`), { code, syscall, ...number })
    return label === 'fetch.fetch' ? new TypeError('fetch failed', { cause: error }) : error
  }

  function install(fault: CallFault, points: readonly CallPoint[]): string[] {
    const labels = points.map(({ label }) => label)
    const end = (): void => {
      hooks.unhook(fault.id)
      hooks.synchronize()
    }
    const entry = { kind: fault.error ? 'fail' : 'slow', summary: labels.join(', '), hits: 0, end }
    const pattern = fault.match === undefined ? undefined : new RegExp(fault.match)
    const chance = seededChance(fault.seed)

    function strike(label: string): Verdict {
      entry.hits += 1
      const delay = Math.max(0, fault.delay + (fault.jitter > 0 ? (chance() * 2 - 1) * fault.jitter : 0))
      return fault.error ? { delay, error: systemError(fault.error, label) } : { delay }
    }
    const ruleOf = ({ subject, label }: CallPoint): Rule => ({
      fault: fault.id,
      decide: (args) => {
        if (fault.times !== undefined && entry.hits >= fault.times) return undefined
        if (pattern && !pattern.test(subject(args))) return undefined
        return fault.percent < 100 && chance() * 100 >= fault.percent ? undefined : strike(label)
      },
    })

    faults.set(fault.id, entry)
    for (const point of points) hooks.hook(point, ruleOf(point))
    hooks.synchronize()
    return labels
  }

  return { install }
}
