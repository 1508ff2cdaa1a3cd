/** What is looked at of a process before it is touched. */
export interface Touched {
  readonly pid: number
  /** Null where the system does not tell. */
  readonly uid: number | null
  readonly isKernelThread?: boolean
}

/** Whom nobody may touch. */
export interface Bystanders {
  /** squall's own process and user; `uid` is null where the system has no user ids. */
  readonly self: { readonly pid: number; readonly uid: number | null }
  /** What squall was started by: see `ancestorsOf`. */
  readonly ancestors: ReadonlySet<number>
  /** What has to live for things to be put back. */
  readonly protectedPids?: readonly number[] | undefined
  /** What belongs to the system itself. Default: the first process. */
  readonly systemPids?: readonly number[]
}

export interface OtherUsers {
  /** Whether their processes may be touched. */
  readonly otherUsers: boolean
  /** Names a user to a person. Default: `uid 1000`. */
  userName?(uid: number): string
}

/** Every reason not to touch a process that all drivers share, as the end of a sentence; null when there is none. */
export function objectionTo(touched: Touched, rules: Bystanders & OtherUsers): string | null {
  if (touched.isKernelThread) return 'it is a thread of the kernel'
  return objectionToPid(touched.pid, rules) ?? objectionToUser(touched.uid, rules)
}

/** As `objectionTo`, whatever runs there. A pid below 1 would mean a whole group. */
export function objectionToPid(
  pid: number,
  { self, ancestors, protectedPids = [], systemPids = [1] }: Bystanders,
): string | null {
  if (pid < 1 || systemPids.includes(pid)) return 'it belongs to the system itself'
  if (pid === self.pid) return 'it is squall itself'
  if (ancestors.has(pid)) return 'squall was started by it'
  return protectedPids.includes(pid) ? 'it is needed to put things back' : null
}

/** The parent of a process, its parent, and so on. `parentOf` answers null for one that is gone. */
export function ancestorsOf(
  pid: number,
  parentOf: (pid: number) => number | null | undefined,
): ReadonlySet<number> {
  const ancestors = new Set<number>()
  for (let parent = parentOf(pid); parent && parent > 0 && !ancestors.has(parent); parent = parentOf(parent))
    ancestors.add(parent)
  return ancestors
}

function objectionToUser(
  uid: number | null,
  { self, otherUsers, userName = (id) => `uid ${id}` }: Bystanders & OtherUsers,
): string | null {
  // Systems without user ids leave it to the operating system whom a signal may reach.
  if (otherUsers || self.uid === null || uid === self.uid) return null
  return uid === null ? 'its owner is not known' : `it is owned by another user (${userName(uid)})`
}
