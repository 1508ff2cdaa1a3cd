import type { OsSystem } from './os-system.ts'
import type { IssueContext } from './target-arguments.ts'

/** For `superRefine`: an experiment that needs a program which is not here is refused before its run. */
export function needsProgram(
  name: string,
  debianPackage: string,
  { programPath }: OsSystem,
  context: IssueContext,
): void {
  if (programPath(name) !== null) return
  context.addIssue({
    code: 'custom',
    message: `needs the program ${name}, which is not installed here (Debian: apt-get install ${debianPackage})`,
  })
}

/** For `superRefine`, as `needsProgram`. */
export function needsClockLibrary({ clockLibrary }: OsSystem, context: IssueContext): void {
  if (clockLibrary() !== null) return
  context.addIssue({
    code: 'custom',
    message: 'needs libfaketime, which is not installed here (Debian: apt-get install faketime)',
  })
}
