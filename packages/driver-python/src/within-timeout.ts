import { type ActivityContext, ActivityFailed, anySignal } from '@squall/contract'
import type { PythonFields } from './provider-fields.ts'

/** Lets a call go on for its `timeout`, then aborts it. Rejects with `ActivityFailed` where the time was not enough. */
export async function withinTimeout<Result>(
  { timeout, module, func }: PythonFields,
  { signal, clock }: ActivityContext,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (timeout === undefined) return call(signal)
  const over = new AbortController()
  const late = new AbortController()
  clock.sleep(timeout * 1000, over.signal).then(
    () =>
      late.abort(
        new ActivityFailed(`'${func}' of '${module}' took longer than ${timeout} s.`, {
          hint: 'Give it a longer `timeout`, or find out what it waits for.',
        }),
      ),
    // It ended first.
    () => undefined,
  )
  try {
    return await call(anySignal([signal, late.signal]))
  } finally {
    over.abort()
  }
}
