// Everything in this folder runs inside the target: each factory is sent there as text, so it names nothing from outside
// but its parameters, what every Node.js has, and types.

/** What the agent keeps inside the target from one visit to the next. */
export interface AgentMemory {
  readonly faults: Map<string, ActiveFault>
  /** Every function that was replaced, so that each is replaced once. */
  readonly hooks: Map<object, Map<PropertyKey, Hook>>
  /** Timers and clock as they were before any fault. */
  readonly plain: {
    readonly setTimeout: (task: () => void, wait: number) => unknown
    readonly now: () => number
  }
  skew?: Skew
  /** The library in one of whose waiting functions the target is right now. */
  inside?: object | undefined
  /** The timer that closes the inspector; there if squall opened that. */
  closing?: unknown
}

export interface ActiveFault {
  readonly kind: string
  /** What it does, for a person. */
  readonly summary: string
  /** How often it struck. */
  hits: number
  /** Takes it back. */
  end(): void
}

export interface FaultReport {
  readonly id: string
  readonly kind: string
  readonly summary: string
  readonly hits: number
}

export interface Hook {
  readonly rules: Rule[]
  /** Puts the original back. */
  remove(): void
}

/** One fault's say in the calls of one function. */
export interface Rule {
  readonly fault: string
  /** Says what is to become of a call; undefined leaves it alone. */
  decide(args: readonly unknown[]): Verdict | undefined
}

export interface Verdict {
  /** Milliseconds. */
  readonly delay: number
  readonly error?: Error
}

export interface Skew {
  /** Milliseconds that `Date` is ahead, by fault. */
  readonly ahead: Map<string, number>
  /** By what timers take longer, by fault. */
  readonly slower: Map<string, number>
  remove(): void
}

/** How a function hands its result over. */
export type CallStyle = 'sync' | 'callback' | 'promise' | 'socket' | 'agent' | 'dispatch'

/** A function of the target whose calls can be delayed or failed. */
export interface CallPoint {
  readonly owner: object
  readonly name: string
  readonly style: CallStyle
  /** As it is named to a person: `fs.readFile`. */
  readonly label: string
  /** What `match` is compared with: the path, host or URL of a call. */
  subject(args: readonly unknown[]): string
}

/** The modules of the target, as seen from inside. */
// biome-ignore lint/suspicious/noExplicitAny: the modules of whatever Node.js the target runs on
export type Require = (name: string) => any

/** Finds the memory of an earlier visit, or makes one. */
export function agentMemory(): AgentMemory {
  const key = Symbol.for('squall.inspector')
  const holder = globalThis as unknown as Record<symbol, AgentMemory | undefined>
  const known = holder[key]
  if (known) return known
  const { setTimeout } = globalThis
  const memory: AgentMemory = {
    faults: new Map(),
    hooks: new Map(),
    plain: { setTimeout, now: () => performance.now() },
  }
  Object.defineProperty(globalThis, key, { value: memory, configurable: true })
  return memory
}
