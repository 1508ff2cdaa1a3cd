import type { Problem } from '@squall/core'
import { type Paint, safe } from './paint.ts'

/** Every problem of an experiment: place, what is wrong, in which activity, what to do. */
export function problemsText(problems: readonly Problem[], paint: Paint): string {
  return problems.map((problem) => problemText(problem, paint)).join('')
}

function problemText(problem: Problem, paint: Paint): string {
  const { at, level, message, activity, hint, code } = problem
  const mark = level === 'error' ? paint('red', 'error') : paint('yellow', 'warning')
  const where = activity === undefined ? '' : ` (in '${safe(activity)}')`
  const first = `${paint('bold', at ?? '')} ${mark} ${safe(message)}${where} ${paint('dim', `[${code}]`)}`
  return `${first}\n${alsoText(problem, paint)}  ${safe(hint)}\n`
}

const mostPlaces = 10

function alsoText({ also = [] }: Problem, paint: Paint): string {
  if (also.length === 0) return ''
  const places = also.slice(0, mostPlaces).map(({ at, activity }) => {
    return activity === undefined ? at : `${at} (in '${safe(activity)}')`
  })
  const more = also.length > mostPlaces ? ` and ${also.length - mostPlaces} more` : ''
  return `  ${paint('dim', `and at ${places.join(', ')}${more}`)}\n`
}
