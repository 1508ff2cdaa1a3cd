import type { Terminal } from '../host/terminal.ts'
import type { Paint } from '../terminal/paint.ts'

/** The options before the command, read once. */
export interface GlobalOptions {
  readonly verbose?: boolean
  readonly changeDir?: string
  readonly logFile?: string | false
  readonly logFileLevel: string
  readonly logFormat: 'string' | 'json'
  readonly settings?: string
}

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly paint: Paint
  /** The folder of the package whose command was started; its dependencies are the drivers that came with it. */
  readonly commandFolder: string
  readonly global: GlobalOptions
}
