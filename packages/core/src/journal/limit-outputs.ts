import type { RunEventBody } from '@squall/contract'
import { cutOutput, sizeOf, type WholeOutput } from './cut-output.ts'
import { discardOutputs, keepOutput } from './keep-output.ts'

export interface OutputLimit {
  /** UTF-8 bytes of what an activity answers with, its exception included. Default 1 MiB. */
  readonly maxBytes?: number | undefined
  /** The journal that whole outputs are kept beside. */
  readonly journalPath: string
  /** Whether this goes on with a run of which outputs may lie there already. Default false. */
  readonly isContinued?: boolean
}

const defaultBytes = 1024 * 1024

/**
 * Cuts what activities answer with to size, for the event log and the journal alike. What is cut is kept as a whole in a
 * file beside the journal. Tolerances see the whole: they are checked before anything is cut.
 */
export function outputLimit(limit: OutputLimit): (body: RunEventBody) => RunEventBody {
  const { maxBytes = defaultBytes, journalPath, isContinued = false } = limit
  let isFirst = !isContinued
  return (body) => {
    if (body.type !== 'activity-completed') return body
    const whole = wholeOutput(body)
    if (sizeOf(whole, maxBytes) <= maxBytes) return body
    if (isFirst) discardOutputs(journalPath)
    isFirst = false
    return { ...body, ...cutOutput(whole, maxBytes, keepOutput(journalPath, body.id, whole)) }
  }
}

function wholeOutput({
  output,
  exception,
}: Extract<RunEventBody, { type: 'activity-completed' }>): WholeOutput {
  return exception === undefined ? { output } : { output, exception: [...exception] }
}
