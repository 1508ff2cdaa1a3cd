import type { agentAnswers } from './agent-answers.ts'
import type { AgentMemory, CallPoint, Hook, Require, Rule, Verdict } from './agent-memory.ts'

export interface AgentHooks {
  /** Lets a rule decide about the calls of a function, which is replaced when its first rule comes. */
  hook(point: CallPoint, rule: Rule): void
  /** Takes every rule of a fault away; a function without rules gets its original back. */
  unhook(fault: string): void
  /** ES modules that imported a function of Node by name see its replacement only after this. */
  synchronize(): void
}

/** Replaces functions of the target and puts them back. */
export function agentHooks(
  memory: AgentMemory,
  { answer }: ReturnType<typeof agentAnswers>,
  load: Require,
): AgentHooks {
  const { hooks } = memory

  function verdictOf(rules: readonly Rule[], args: readonly unknown[]): Verdict | undefined {
    const verdicts = rules.flatMap((rule) => rule.decide(args) ?? [])
    if (verdicts.length === 0) return undefined
    const error = verdicts.find((verdict) => verdict.error)?.error
    const delay = verdicts.reduce((sum, verdict) => sum + verdict.delay, 0)
    return error ? { delay, error } : { delay }
  }

  /** A function that waits is made of others of its library: they are parts of one call. */
  function whole(owner: object, call: () => unknown): unknown {
    const outer = memory.inside
    memory.inside = owner
    try {
      return call()
    } finally {
      memory.inside = outer
    }
  }

  function replace({ owner, name, style }: CallPoint, rules: Rule[]): Hook {
    const target = owner as Record<string, (...args: unknown[]) => unknown>
    const before = Object.getOwnPropertyDescriptor(owner, name)
    const original = target[name] as (...args: unknown[]) => unknown
    const replaced = new Proxy(original, {
      apply(_original, receiver, args: unknown[]) {
        const plainly = (): unknown => Reflect.apply(original, receiver, args)
        if (memory.inside === owner) return plainly()
        const call = style === 'sync' ? () => whole(owner, plainly) : plainly
        const verdict = verdictOf(rules, args)
        return verdict ? answer({ style, verdict, receiver, args, call }) : call()
      },
    })
    const enumerable = before?.enumerable ?? true
    Object.defineProperty(owner, name, { value: replaced, writable: true, configurable: true, enumerable })
    const remove = (): void => {
      // Whoever replaced it since keeps what he did; ours, which he calls, then finds no rule.
      if (target[name] !== replaced) return
      if (before) Object.defineProperty(owner, name, before)
      else delete target[name]
    }
    return { rules, remove }
  }

  function hook(point: CallPoint, rule: Rule): void {
    const known = hooks.get(point.owner) ?? new Map<PropertyKey, Hook>()
    hooks.set(point.owner, known)
    const there = known.get(point.name)
    if (there) there.rules.push(rule)
    else known.set(point.name, replace(point, [rule]))
  }

  function unhook(fault: string): void {
    for (const [owner, byName] of hooks) {
      for (const [name, { rules, remove }] of byName) {
        rules.splice(0, rules.length, ...rules.filter((rule) => rule.fault !== fault))
        if (rules.length > 0) continue
        remove()
        byName.delete(name)
      }
      if (byName.size === 0) hooks.delete(owner)
    }
  }

  return { hook, unhook, synchronize: () => load('module').syncBuiltinESMExports?.() }
}
