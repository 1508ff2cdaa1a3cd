import type { AgentMemory, Require, Skew } from './agent-memory.ts'

export interface AgentTime {
  /** Puts `Date` ahead by milliseconds (behind when negative) and makes timers take longer by a factor. */
  skew(id: string, ahead: number, slower: number): void
}

interface Timers {
  readonly owner: Record<string, unknown>
  /** Which of the arguments is the time. */
  readonly place: number
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

  function replaceTimer({ owner, place }: Timers, name: string, slower: () => number): () => void {
    const original = owner[name] as (...args: unknown[]) => unknown
    const skewed = new Proxy(original, {
      apply: (target, receiver, args: unknown[]) =>
        Reflect.apply(target, receiver, [
          ...args.slice(0, place),
          Number(args[place] ?? 1) * slower(),
          ...args.slice(place + 1),
        ]),
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
    const timers = [
      { owner: globalThis as unknown as Timers['owner'], place: 1 },
      { owner: load('timers'), place: 1 },
      // What `util.promisify` makes of a timer as well.
      { owner: load('timers/promises'), place: 0 },
    ]
    for (const each of timers) {
      restores.push(replaceTimer(each, 'setTimeout', product), replaceTimer(each, 'setInterval', product))
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
