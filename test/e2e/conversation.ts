import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import { type Project, squallFile } from './squall.ts'

/** Keys as a terminal sends them. */
export const keys = {
  enter: '\r',
  down: '\u001b[B',
  space: ' ',
  back: '\u007f',
  interrupt: '\u0003',
} as const

/** A squall command as a shell reads it. */
export function squallLine(...words: string[]): string {
  return [process.execPath, squallFile, ...words].map((word) => `'${word}'`).join(' ')
}

/** A command with a terminal of its own, as `script` gives it, and somebody who types. */
export class Conversation {
  readonly #child: ChildProcess
  #seen = ''
  #read = 0

  constructor(command: string, { folder, home }: Pick<Project, 'folder' | 'home'>) {
    const line = `stty cols 120 rows 50; ${command}`
    this.#child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd: folder,
      env: { ...process.env, HOME: home, TERM: 'xterm', COLUMNS: '120', LINES: '50' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#child.stdout?.on('data', (data: Buffer) => {
      this.#seen += data.toString()
    })
  }

  /** What the terminal showed from the last answer on. */
  get unread(): string {
    // A chunk may end within an escape sequence, so it is cleaned as a whole.
    return stripVTControlCharacters(this.#seen.slice(this.#read))
  }

  /** Waits for a question and types an answer. */
  async answer(question: string, typed: string): Promise<void> {
    await this.sees(question)
    this.#read = this.#seen.length
    this.#child.stdin?.write(typed)
  }

  async sees(text: string): Promise<void> {
    const deadline = Date.now() + 20_000
    while (!this.unread.includes(text)) {
      if (Date.now() > deadline)
        throw new Error(`'${text}' did not appear. The terminal shows:\n${this.unread}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** How the command ended. */
  async end(): Promise<number | null> {
    if (this.#child.exitCode === null)
      await once(this.#child, 'close', { signal: AbortSignal.timeout(20_000) })
    return this.#child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.kill('SIGKILL')
    await once(this.#child, 'close')
  }
}
