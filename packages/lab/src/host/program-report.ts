import type { LabErrorCode } from '../lab-error.ts'
import type { LabProcess } from '../lab-record.ts'

/** What a program says to the process that started it. */
export type ProgramReport =
  | { readonly type: 'ready'; readonly process: LabProcess }
  | { readonly type: 'ports-busy'; readonly ports: readonly number[] }
  | { readonly type: 'failed'; readonly code: LabErrorCode; readonly message: string; readonly hint: string }

/** Resolves once the report is on its way. Somebody who no longer listens is no reason to fail. */
export function sendReport(report: ProgramReport): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected) return resolve()
    process.send?.(report, undefined, undefined, () => resolve())
  })
}
