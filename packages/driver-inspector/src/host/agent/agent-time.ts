import type { AgentMemory, Require, Skew } from './agent-memory.ts'

export interface AgentTime {
  /** Puts `Date` ahead by milliseconds (behind when negative) and makes timers take longer by a factor. */
  skew(id: string, ahead: number, slower: number): void
}

/** Skews the time of the target. */
export function agentTime(memory: AgentMemory, load: Require): AgentTime {
  function replaceDate(ahead: () => number): () => void {
    const Original = globalThis.Date
    const now = (): number => Original.now() + ahead()
    const skewed: DateConstructor = new Proxy(Original, {
      construct: (target, args, maker): object =>
        Reflect.construct(target, args.length === 0 ? [now()] : args, maker === skewed ? target : maker),
      apply: () => new Original(now()).toString(),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    })
    globalThis.Date = skewed
    return () => {
      if (globalThis.Date === skewed) globalThis.Date = Original
    }
  }

  function replaceTimer(owner: Record<string, unknown>, name: string, slower: () => number): () => void {
    const original = owner[name] as (...args: unknown[]) => unknown
    const skewed = new Proxy(original, {
      apply: (target, receiver, [task, wait, ...rest]: unknown[]) =>
        Reflect.apply(target, receiver, [task, Number(wait ?? 1) * slower(), ...rest]),
    })
    owner[name] = skewed
    return () => {
      if (owner[name] === skewed) owner[name] = original
    }
  }

  function replaceAll(): Skew {
    const ahead = new Map<string, number>()
    const slower = new Map<string, number>()
    const product = (): number => [...slower.values()].reduce((all, one) => all * one, 1)
    const restores = [replaceDate(() => [...ahead.values()].reduce((all, one) => all + one, 0))]
    for (const owner of [globalThis as unknown as Record<string, unknown>, load('timers')]) {
      restores.push(replaceTimer(owner, 'setTimeout', product), replaceTimer(owner, 'setInterval', product))
    }
    const remove = (): void => {
      for (const restore of restores) restore()
      delete memory.skew
      load('module').syncBuiltinESMExports?.()
    }
    load('module').syncBuiltinESMExports?.()
    return { ahead, slower, remove }
  }

  function skew(id: string, ahead: number, slower: number): void {
    memory.skew ??= replaceAll()
    const active = memory.skew
    active.ahead.set(id, ahead)
    active.slower.set(id, slower)
    const end = (): void => {
      active.ahead.delete(id)
      active.slower.delete(id)
      if (active.ahead.size === 0) active.remove()
    }
    const summary = `Date ${ahead} ms ahead, timers ${slower} times as long`
    memory.faults.set(id, { kind: 'skew', summary, hits: 1, end })
  }

  return { skew }
}
