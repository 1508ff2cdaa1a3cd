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

/** For `superRefine`: what belongs to others is for root only. */
export function needsRootForOthers(
  { processes }: OsSystem,
  given: { readonly other_users: boolean },
  context: IssueContext,
): void {
  if (!given.other_users || processes.self.uid === 0) return
  context.addIssue({
    code: 'custom',
    message: `needs root for what belongs to other users (other_users), and this is uid ${processes.self.uid}`,
  })
}

/** For `superRefine`: a group that is there must be ours to freeze; one that is not may come during the run. */
export function needsFreezer(
  { groups }: OsSystem,
  given: { readonly group: string },
  context: IssueContext,
): void {
  if (groups.find(given.group)?.isWritable === false)
    context.addIssue({ code: 'custom', message: `needs root to freeze the control group ${given.group}` })
  else if (!groups.isAvailable)
    context.addIssue({ code: 'custom', message: 'needs control groups with a freezer, which are not here' })
}
