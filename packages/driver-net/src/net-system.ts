import type { ProcessIdentity } from '@squall/contract'

/** What an API answered: its status, and the value its body holds. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Sends a request to an API. Resolves to null when nobody listens there. */
export type Ask = (method: string, url: string, body: unknown, signal: AbortSignal) => Promise<Answer | null>

/** A proxy server that has been started and waits for the word. */
export interface HeldServer {
  readonly identity: ProcessIdentity
  /** Lets it listen; rejects with the reason when it cannot. After that it lives on without this process. */
  go(): Promise<void>
  /** Gives it up. */
  abandon(): void
}

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface NetSystem {
  readonly isRoot: boolean
  /** Runs a program of the system; rejects when it cannot be run. */
  run(argv: readonly string[], input?: string): Promise<ProgramEnd>
  /** Hexadecimal digits that nobody else has. */
  newId(): string
  /** A variable of the environment, which programs started later get. */
  variable(name: string): string | undefined
  setVariable(name: string, value: string): void
  readonly ask: Ask
  /** Starts a proxy server that will listen on this address. */
  startServer(listen: string, signal: AbortSignal): Promise<HeldServer>
  /** Whether this very process is there. */
  isAlive(identity: ProcessIdentity): Promise<boolean>
  /** Asks it to end and, when it does not, insists. Resolves once it is gone. */
  end(identity: ProcessIdentity, signal: AbortSignal): Promise<void>
}
