/** What the driver needs of the machine and of the process it runs in. */
export interface PythonWorld {
  /** A value of Node's `process.platform`. */
  readonly platform: string
  environment(): Readonly<Record<string, string | undefined>>
  workingDirectory(): string
  /** Null removes it. */
  setVariable(name: string, value: string | null): void
  changeDirectory(folder: string): void
  startWorker(interpreter: string, place: WorkerPlace): WorkerProcess
  runProgram(
    program: string,
    args: readonly string[],
    place: WorkerPlace,
    signal: AbortSignal,
    onLine: (line: string) => void,
  ): Promise<number | null>
  /** Resolves after that time, or when it is called off. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** Where a worker starts. */
export interface WorkerPlace {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory: string
}

/** A Python process that serves requests, one line of JSON each. */
export interface WorkerProcess {
  readonly pid: number | undefined
  send(line: string): void
  onLine(listener: (line: string) => void): void
  /** Lines of stdout and stderr that did not come as messages, such as those of a child. */
  onOutput(listener: (line: string) => void): void
  /** Called once, or twice for a process that could not be started, with how it ended. */
  onExit(listener: (how: string) => void): void
  kill(): void
  /** Whether this process must wait for it. */
  keepAlive(isWanted: boolean): void
}
