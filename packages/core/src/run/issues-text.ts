import { issuePath, type SchemaIssue } from '@squall/contract'

/** What a schema says is wrong, each with its place, in one line. */
export function issuesText(issues: readonly SchemaIssue[]): string {
  return issues
    .map((issue) => [issuePath(issue).join('.'), issue.message].filter(Boolean).join(': '))
    .join('; ')
}
