import { type ActivityContext, ActivityFailed, isObject, type Targets } from '@squall/contract'
import type { LoadedFunction } from './load-function.ts'
import { thrownFailure } from './thrown-error.ts'

const unknown: Targets = { unknown: 'what a function touches cannot be known' }

/** Asks the function's own `targets`, if it has one, what a call would touch. */
export async function targetsOf(
  loaded: LoadedFunction,
  args: unknown,
  context: ActivityContext,
): Promise<Targets> {
  const { targets } = loaded.fn
  if (typeof targets !== 'function') return unknown
  const { configuration, secrets, signal, log } = context
  const name = { module: loaded.module, func: `${loaded.func}.targets` }
  let answer: unknown
  try {
    answer = await targets(args, {
      configuration: { ...configuration },
      secrets: { ...secrets },
      signal,
      log,
    })
  } catch (error) {
    throw thrownFailure(name, error)
  }
  if (isTargets(answer)) return answer
  throw new ActivityFailed(`'${name.func}' of '${name.module}' names no targets.`, {
    hint: 'It answers with a list of texts, or with {unknown: reason}.',
  })
}

function isTargets(value: unknown): value is Targets {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string')
  return isObject(value) && typeof value['unknown'] === 'string'
}
