import type { Problem } from '@squall/core'
import { type Paint, safe } from './paint.ts'

/** Every problem of an experiment: place, what is wrong, in which activity, what to do. */
export function problemsText(problems: readonly Problem[], paint: Paint): string {
  return problems.map((problem) => problemText(problem, paint)).join('')
}

function problemText({ at, level, message, activity, hint, code }: Problem, paint: Paint): string {
  const mark = level === 'error' ? paint('red', 'error') : paint('yellow', 'warning')
  const where = activity === undefined ? '' : ` (in '${safe(activity)}')`
  return `${paint('bold', at ?? '')} ${mark} ${safe(message)}${where} ${paint('dim', `[${code}]`)}\n  ${safe(hint)}\n`
}
