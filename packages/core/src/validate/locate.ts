import { placesOf } from '../load/find-place.ts'
import type { LoadedExperiment } from '../load/source-text.ts'
import type { Problem } from './problem.ts'
import { toldOnce } from './told-once.ts'

/** Adds `file:line:column` to each problem and puts them in the order of the file, each that is told once once. */
export async function locate(problems: readonly Problem[], loaded: LoadedExperiment): Promise<Problem[]> {
  const findPlace = await placesOf(loaded)
  const placed = problems.map((problem) => {
    const place = findPlace(problem.path)
    const at = place ? `${loaded.source}:${place.line}:${place.column}` : loaded.source
    return { problem: { ...problem, at }, line: place?.line ?? 0, column: place?.column ?? 0 }
  })
  placed.sort((a, b) => a.line - b.line || a.column - b.column)
  return toldOnce(placed.map(({ problem }) => problem))
}
