import { isDeepStrictEqual } from 'node:util'
import { problemsWith, problemText } from '../call.ts'
import { type Law, LawBroken } from '../law.ts'
import type { Refusal } from '../samples.ts'
import { pathText, shown } from '../shown.ts'
import { onStage, type Stage } from '../stage.ts'
import { lawOf, type Subject } from '../subject.ts'

/** What holds for the input of an activity. */
export function inputLaws(subject: Subject): readonly Law[] {
  const { sample } = subject
  return [
    lawOf(subject, 'refuses wrong input and names the place', async () => {
      const refusals = sample.refuses ?? []
      if (refusals.length === 0) throw new LawBroken(`Give a wrong input in 'refuses' of '${subject.name}'.`)
      await onStage(subject, sample.prepare, async (stage) => {
        for (const refusal of refusals) await refuses(stage, refusal)
      })
    }),
    lawOf(subject, 'accepts its sample', async () => {
      await onStage(subject, sample.prepare, accepts)
      if (sample.long) await onStage(subject, sample.long, accepts)
    }),
  ]
}

async function refuses({ driver, address, directory }: Stage, { input, path }: Refusal): Promise<void> {
  const problems = await problemsWith(driver, address, input, directory)
  if (problems.length === 0)
    throw new LawBroken(`It accepts ${shown(input)}, which is wrong at ${pathText(path)}.`)
  if (problems.some((problem) => isDeepStrictEqual([...problem.path], [...path]))) return
  const places = problems.map((problem) => pathText(problem.path)).join(', ')
  throw new LawBroken(`It refuses ${shown(input)} at ${places}, not at ${pathText(path)}.`)
}

async function accepts({ driver, address, directory, scene }: Stage): Promise<void> {
  const problems = await problemsWith(driver, address, scene.input, directory)
  if (problems.length > 0) throw new LawBroken(`It refuses its sample: ${problemText(problems)}.`)
}
