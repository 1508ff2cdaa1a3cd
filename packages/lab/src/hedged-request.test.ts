import { expect, it } from 'vitest'
import { hedgedRequest } from './hedged-request.ts'

/** Backends that answer at a time of a virtual clock: a text answers, an error fails, `frozen` keeps silent. */
class VirtualBackends {
  readonly asked: string[] = []
  readonly #answers: Readonly<Record<string, readonly [number, string | Error] | 'frozen'>>
  readonly #timers: { at: number; go: () => void }[] = []
  #now = 0

  constructor(answers: Readonly<Record<string, readonly [number, string | Error] | 'frozen'>>) {
    this.#answers = answers
  }

  ask = (url: string): Promise<string> => {
    this.asked.push(`${this.#now} ${url}`)
    const answer = this.#answers[url] ?? 'frozen'
    if (answer === 'frozen') return new Promise(() => undefined)
    return this.#after(answer[0]).then(() => {
      if (typeof answer[1] === 'string') return answer[1]
      throw answer[1]
    })
  }

  sleep = (milliseconds: number): Promise<void> => this.#after(milliseconds)

  /** Lets the virtual time pass, one timer after the other, until the request is settled. */
  async settle<Result>(request: Promise<Result>): Promise<Result> {
    let settled = false
    request.finally(() => {
      settled = true
    })
    for (;;) {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
      if (settled) return request
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0]
      if (!next) throw new Error('nothing is left that could settle the request')
      this.#timers.splice(this.#timers.indexOf(next), 1)
      this.#now = next.at
      next.go()
    }
  }

  #after(milliseconds: number): Promise<void> {
    return new Promise((go) => this.#timers.push({ at: this.#now + milliseconds, go }))
  }
}

const refused = new Error('refused')

it.each([
  {
    name: 'the first answer is taken',
    answers: { a: [1, 'from a'], b: [1, 'from b'] },
    asked: ['0 a'],
    result: { answer: 'from a', answeredBy: 'a', failed: [] },
  },
  {
    name: 'one that fails is followed at once by the next',
    answers: { a: [1, refused], b: [1, 'from b'] },
    asked: ['0 a', '1 b'],
    result: { answer: 'from b', answeredBy: 'b', failed: [{ url: 'a', reason: refused }] },
  },
  {
    name: 'one that keeps silent costs the time until the next is asked',
    answers: { a: 'frozen', b: [1, 'from b'] },
    asked: ['0 a', '250 b'],
    result: { answer: 'from b', answeredBy: 'b', failed: [{ url: 'a', reason: 'no answer in time' }] },
  },
  {
    name: 'a slow one that answers first after all is not marked, nor is the one it overtook',
    answers: { a: [300, 'from a'], b: [900, 'from b'] },
    asked: ['0 a', '250 b'],
    result: { answer: 'from a', answeredBy: 'a', failed: [] },
  },
  {
    name: 'a slow one still counts when the next fails',
    answers: { a: [900, 'from a'], b: [1, refused] },
    asked: ['0 a', '250 b'],
    result: { answer: 'from a', answeredBy: 'a', failed: [{ url: 'b', reason: refused }] },
  },
  {
    name: 'frozen ones are given up together',
    answers: { a: 'frozen', b: 'frozen' },
    asked: ['0 a', '250 b'],
    result: {
      failed: [
        { url: 'a', reason: 'no answer in time' },
        { url: 'b', reason: 'no answer in time' },
      ],
    },
  },
  {
    name: 'nobody is left when all fail',
    answers: { a: [1, refused], b: [1, refused] },
    asked: ['0 a', '1 b'],
    result: {
      failed: [
        { url: 'a', reason: refused },
        { url: 'b', reason: refused },
      ],
    },
  },
] as const)('$name', async ({ answers, asked, result }) => {
  const backends = new VirtualBackends(answers)
  const rules = { hedgeAfterMs: 250, budgetMs: 1000 }
  const request = hedgedRequest(['a', 'b'], backends.ask, rules, backends.sleep)
  expect(await backends.settle(request)).toEqual(result)
  expect(backends.asked).toEqual(asked)
})

it('answers nothing when there is nobody to ask', async () => {
  const backends = new VirtualBackends({})
  const rules = { hedgeAfterMs: 250, budgetMs: 1000 }
  expect(await hedgedRequest([], backends.ask, rules, backends.sleep)).toEqual({ failed: [] })
})

it('aborts what is still asked once it is over', async () => {
  const backends = new VirtualBackends({ b: [1, 'from b'] })
  const signals: AbortSignal[] = []
  const ask = (url: string, signal: AbortSignal) => {
    signals.push(signal)
    return backends.ask(url)
  }
  await backends.settle(hedgedRequest(['a', 'b'], ask, { hedgeAfterMs: 250, budgetMs: 1000 }, backends.sleep))
  expect(signals.map((signal) => signal.aborted)).toEqual([true, true])
})
