/** What the driver needs of file systems. */
export interface Files {
  /** Null when there is no such thing. Follows symbolic links. */
  look(path: string): Promise<FileFacts | null>
  /** What is in a folder; empty when that cannot be read. */
  names(folder: string): Promise<readonly string[]>
  /** Null when it cannot be read. */
  text(path: string): Promise<string | null>
  /** Bytes of the file system in which `path` lies. */
  space(path: string): Promise<Space>
  /** Makes a new file of exactly so many bytes that are really written. */
  fill(path: string, bytes: number, signal: AbortSignal): Promise<void>
  /** Copies a file with its mode; the copy is there in full or not at all. */
  copy(from: string, to: string): Promise<void>
  /** Flips bits of a file: each byte is combined with its mask by exclusive or. */
  flip(path: string, places: readonly Place[]): Promise<void>
  /**
   * Puts the bytes of the copy back where the file still holds what `flip` left there, and the times if any byte was put
   * back and the size is that of the copy. Answers with the number of bytes put back.
   */
  unflip(path: string, copy: string, places: readonly Place[], modifiedMs: number): Promise<number>
  /** Whether there was something to remove. */
  remove(path: string): Promise<boolean>
}

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other'
  readonly size: number
  readonly inode: number
  readonly uid: number
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number
}

export interface Space {
  readonly total: number
  /** What this user may still write. */
  readonly available: number
  /** What nobody uses; some of it may be kept for root. */
  readonly free: number
}

export interface Place {
  readonly offset: number
  /** From 1 to 255. */
  readonly mask: number
}
