import type { SaidRefusal } from '../../ability-samples.ts'
import { LawBroken } from '../../law.ts'
import { shown } from '../../shown.ts'

/** The wrong inputs of a sample. Throws `LawBroken` when there is none. */
export function refusalsIn<Refusal extends SaidRefusal>(
  refuses: readonly Refusal[] | undefined,
  name: string,
): readonly Refusal[] {
  if (refuses && refuses.length > 0) return refuses
  throw new LawBroken(`Give what must be refused in 'refuses' of '${name}'.`)
}

/** Throws `LawBroken` unless one of the reasons says it; `which` is what was refused. */
export function mustSay(reasons: readonly string[], { input, saying }: SaidRefusal): void {
  if (reasons.length === 0) throw new LawBroken(`It takes ${shown(input)}, which is wrong.`)
  if (reasons.some((reason) => reason.includes(saying))) return
  throw new LawBroken(
    `It refuses ${shown(input)} with ${shown(reasons.join('; '))} and does not say "${saying}".`,
  )
}

/** Why a call failed, for `mustSay`. Throws `LawBroken` for an error that tells a person nothing. */
export function reasonsOf(error: unknown, { input }: SaidRefusal): readonly string[] {
  if (error instanceof Error && error.message.trim() !== '') return [error.message]
  throw new LawBroken(`It refuses ${shown(input)} with ${shown(error)}, not with an error that says why.`)
}
