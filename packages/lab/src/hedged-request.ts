/** Waits; rejects when the signal is aborted first. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

export interface HedgeRules {
  /** After this many milliseconds without an answer the next backend is asked as well. */
  readonly hedgeAfterMs: number
  /** After this many milliseconds the request is given up. */
  readonly budgetMs: number
}

export interface HedgedResult<Answer> {
  /** Absent when nobody answered. */
  readonly answer?: Answer
  readonly answeredBy?: string
  /** Backends that failed, or were overtaken by one that was asked later, or did not answer in time. */
  readonly failed: readonly FailedBackend[]
}

export interface FailedBackend {
  readonly url: string
  readonly reason: unknown
}

type Happening<Answer> =
  | { readonly type: 'answer'; readonly url: string; readonly answer: Answer }
  | { readonly type: 'failure'; readonly url: string; readonly reason: unknown }
  | { readonly type: 'hedge' }
  | { readonly type: 'deadline' }

/**
 * Asks backends one after the other. One that fails is followed at once by the next; one that keeps silent is not
 * given up but raced against the next, so that a frozen instance costs `hedgeAfterMs` and a slow one still counts.
 */
export async function hedgedRequest<Answer>(
  urls: readonly string[],
  ask: (url: string, signal: AbortSignal) => Promise<Answer>,
  rules: HedgeRules,
  sleep: Sleep,
): Promise<HedgedResult<Answer>> {
  const stop = new AbortController()
  const timer = (type: 'hedge' | 'deadline', ms: number) => happensAfter<Answer>(type, sleep(ms, stop.signal))
  const deadline = timer('deadline', rules.budgetMs)
  const waiting = [...urls]
  const asked = new Map<string, Promise<Happening<Answer>>>()
  const failed: FailedBackend[] = []
  try {
    for (;;) {
      const next = waiting.shift()
      if (next !== undefined) asked.set(next, outcomeOf(next, ask(next, stop.signal)))
      if (asked.size === 0) return { failed }
      const hedge = waiting.length > 0 ? [timer('hedge', rules.hedgeAfterMs)] : []
      const happening = await Promise.race([...asked.values(), ...hedge, deadline])
      if (happening.type === 'deadline') return { failed: [...failed, ...silent(asked.keys())] }
      if (happening.type === 'answer') {
        const { answer, url } = happening
        return { answer, answeredBy: url, failed: [...failed, ...silent(asked.keys(), url)] }
      }
      if (happening.type === 'failure') {
        failed.push({ url: happening.url, reason: happening.reason })
        asked.delete(happening.url)
      }
    }
  } finally {
    stop.abort()
  }
}

/** Backends that were asked and kept silent; with `until` only those that were asked before that one. */
function silent(asked: Iterable<string>, until?: string): FailedBackend[] {
  const urls = [...asked]
  return urls
    .slice(0, until === undefined ? urls.length : urls.indexOf(until))
    .map((url) => ({ url, reason: 'no answer in time' }))
}

function outcomeOf<Answer>(url: string, answering: Promise<Answer>): Promise<Happening<Answer>> {
  return answering.then(
    (answer) => ({ type: 'answer', url, answer }),
    (reason: unknown) => ({ type: 'failure', url, reason }),
  )
}

function happensAfter<Answer>(
  type: 'hedge' | 'deadline',
  sleeping: Promise<void>,
): Promise<Happening<Answer>> {
  // A timer is only cut short once the request is over, when nobody looks at it any more.
  return sleeping.then(
    () => ({ type }),
    () => ({ type }),
  )
}
