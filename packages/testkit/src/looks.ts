import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@squall/contract'
import { systemClock } from './host/system-clock.ts'
import { LawBroken } from './law.ts'
import { patience, until } from './patience.ts'
import { errorText, shown } from './shown.ts'
import type { Stage } from './stage.ts'

/** Looks for a moment. Throws `LawBroken` when anything is seen but `before`; `what` says who may not have changed it. */
export async function staysAs(stage: Stage, before: JsonValue, what: string): Promise<void> {
  const deadline = systemClock.monotonic() + patience.stillness
  for (;;) {
    const now = await stage.look()
    if (!isDeepStrictEqual(now, before)) throw changed(what, before, now)
    if (systemClock.monotonic() >= deadline) return
    await systemClock.sleep(4)
  }
}

/**
 * Waits until `before` is seen again. Throws `LawBroken` when it is not; `what` says who should have restored it. A look in
 * the middle of a change may fail, as one at a file that is being moved: only the last one counts.
 */
export async function becomesAgain(
  stage: Stage,
  before: JsonValue,
  what: string,
  limitMs: number = patience.effect,
): Promise<void> {
  let last = { now: before } as Look
  const isBack = async () => {
    last = await lookAt(stage)
    return 'now' in last && isDeepStrictEqual(last.now, before)
  }
  if (await until(isBack, limitMs)) return
  if ('now' in last) throw changed(what, before, last.now)
  throw new LawBroken(`${what}: the last look failed: ${errorText(last.cause)}`, { cause: last.cause })
}

type Look = { readonly now: JsonValue } | { readonly cause: unknown }

async function lookAt(stage: Stage): Promise<Look> {
  try {
    return { now: await stage.look() }
  } catch (cause) {
    return { cause }
  }
}

/** Waits until the harm is seen. Throws `LawBroken` when it is not: then the law would prove nothing. */
export async function showsHarm(
  stage: Stage,
  before: JsonValue,
  limitMs: number = patience.effect,
): Promise<void> {
  const isHarmed = async () => {
    const seen = await lookAt(stage)
    return 'now' in seen && !isDeepStrictEqual(seen.now, before)
  }
  if (await until(isHarmed, limitMs)) return
  throw new LawBroken(
    `'look' sees no effect of '${stage.subject.name}': ${shown(before)} before and after it. Let it look at what the action changes.`,
  )
}

function changed(what: string, before: JsonValue, now: JsonValue): LawBroken {
  return new LawBroken(`${what}: a look saw ${shown(before)} before and sees ${shown(now)} now.`)
}
