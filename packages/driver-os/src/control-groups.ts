/** Groups of processes that the kernel freezes as one (cgroup freezer, of either version). */
export interface ControlGroups {
  /** Whether this machine has any. */
  readonly isAvailable: boolean
  /** Null when there is no such group, or no freezer for it. */
  find(name: string): ControlGroup | null
  /** Null when that very group is gone. */
  again(folder: string, inode: number): ControlGroup | null
  freeze(group: ControlGroup): void
  thaw(group: ControlGroup): void
}

export interface ControlGroup {
  readonly folder: string
  /** A later group of the same name has another one. */
  readonly inode: number
  /** Of the group and those below it; 0 for a process that cannot be seen from here. */
  readonly pids: readonly number[]
  readonly isFrozen: boolean
  readonly isWritable: boolean
}
