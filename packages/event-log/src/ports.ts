/** One open segment. Calls never overlap. */
export interface LogFile {
  /** Writes all of `bytes` behind what is there. */
  write(bytes: Uint8Array): Promise<void>
  /** Resolves once everything written survives a loss of power. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What a log needs of the file system to write. */
export interface LogFiles {
  /** Makes the folder where it is missing, for its owner only. Resolves to the folders that got a new entry by that. */
  prepare(folder: string): Promise<readonly string[]>
  /** Makes a new file; fails where there is one. */
  create(path: string): Promise<LogFile>
  /** Opens a file to go on after its first `size` bytes; cuts off what is behind them. */
  resume(path: string, size: number): Promise<LogFile>
  /** Makes new entries of the folder survive a loss of power. */
  syncFolder(folder: string): Promise<void>
}

/** Calls `fire` once after `milliseconds`; what it returns cancels that. */
export type LogTimer = (milliseconds: number, fire: () => void) => () => void
