import type { Problem, ProblemPlace } from './problem.ts'

/** Leaves of each problem that is told once the first one, with the places of the others. */
export function toldOnce(problems: readonly Problem[]): Problem[] {
  const others = new Map<string, ProblemPlace[]>()
  const firsts = problems.filter((problem) => {
    if (!problem.once) return true
    const known = others.get(saying(problem))
    if (known) known.push(placeOf(problem))
    else others.set(saying(problem), [])
    return !known
  })
  return firsts.map((problem) => {
    const also = problem.once ? (others.get(saying(problem)) ?? []) : []
    return also.length === 0 ? problem : { ...problem, also }
  })
}

function saying({ level, code, message, hint }: Problem): string {
  return JSON.stringify([level, code, message, hint])
}

function placeOf({ at = '', activity }: Problem): ProblemPlace {
  return { at, ...(activity === undefined ? {} : { activity }) }
}
