import { isObject } from '@squall/contract'
import type { Paint } from './paint.ts'
import { safe } from './paint.ts'

/** An error for a person: message, what led to it, what to do next. Never a stack of ours. */
export function errorText(error: unknown, paint: Paint): string {
  const lines = [`${paint('red', 'error')} ${safe(messageOf(error))}`]
  for (
    let cause = causeOf(error), depth = 0;
    cause !== undefined && depth < 5;
    cause = causeOf(cause), depth += 1
  ) {
    lines.push(paint('dim', `  because: ${safe(messageOf(cause))}`))
  }
  const { hint, code } = adviceOf(error)
  if (hint !== undefined) lines.push(`  ${paint('cyan', 'next')} ${safe(hint)}`)
  if (code !== undefined) lines.push(paint('dim', `  (${code})`))
  return `${lines.join('\n')}\n`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

/** Errors of squall and of the lab carry what to do next and a code. */
function adviceOf(error: unknown): { hint?: string; code?: string } {
  if (!isObject(error) || typeof error['hint'] !== 'string') return {}
  return { hint: error['hint'], ...(typeof error['code'] === 'string' ? { code: error['code'] } : {}) }
}
