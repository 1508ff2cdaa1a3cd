import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { anySignal } from './any-signal.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('a time limit outlives the collection of garbage', async () => {
  const caller = new AbortController()
  const limited = Array.from({ length: 20 }, () =>
    once(anySignal([caller.signal, AbortSignal.timeout(200)]), 'abort'),
  )
  // Within the turn that made them nothing is collected.
  await setImmediate()
  collectGarbage()
  await expect(Promise.all(limited)).resolves.toHaveLength(20)
})

it('each source aborts it, with its reason', () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const any = anySignal([one.signal, other.signal])
  expect(any.aborted).toBe(false)
  other.abort(new Error('enough'))
  expect(any.reason).toEqual(new Error('enough'))
})
