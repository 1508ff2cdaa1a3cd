import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { squallFile } from '../e2e/squall.ts'

export interface WireEvent {
  readonly Kind: string
  readonly TimeStampUtc: string
}

/** A server of continuous chaos over the simulated cluster, in a process of its own. */
export class ChaosServer {
  readonly store: string
  readonly #folder: string
  #process: ReturnType<typeof serve> | undefined
  #url = ''

  private constructor(folder: string) {
    this.#folder = folder
    this.store = path.join(folder, 'store')
  }

  static async create(): Promise<ChaosServer> {
    return new ChaosServer(await mkdtemp(path.join(os.tmpdir(), 'squall-chaos-server-')))
  }

  get url(): string {
    return this.#url
  }

  /** Starts it, or starts it again on the same store; resolves once it listens. */
  async start(): Promise<void> {
    const started = serve(this.store, this.#folder)
    this.#process = started
    let said = ''
    started.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const deadline = performance.now() + 30_000
    for (;;) {
      const [, url] = /at (http:\S+),/.exec(said) ?? []
      if (url !== undefined) {
        this.#url = url
        return
      }
      if (performance.now() > deadline || started.exitCode !== null)
        throw new Error(`The server did not start: ${said}`)
      await delay(10)
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | undefined> {
    const started = this.#process
    if (!started) return undefined
    started.kill(signal)
    return (await started).exitCode
  }

  async post(operation: string, body?: object): Promise<void> {
    const sent = { method: 'POST', ...(body ? { body: JSON.stringify(body) } : {}) }
    const answer = await fetch(`${this.#url}/Tools/Chaos/$/${operation}?api-version=6.0`, sent)
    if (answer.status !== 200) throw new Error(`${operation}: ${answer.status} ${await answer.text()}`)
  }

  /** Every event, page by page. */
  async events(): Promise<WireEvent[]> {
    const all: WireEvent[] = []
    for (let query = ''; ; ) {
      const answer = await fetch(`${this.#url}/Tools/Chaos/Events?api-version=6.2${query}`)
      const page = (await answer.json()) as {
        ContinuationToken: string
        History: { ChaosEvent: WireEvent }[]
      }
      all.push(...page.History.map(({ ChaosEvent }) => ChaosEvent))
      if (page.ContinuationToken === '') return all
      query = `&ContinuationToken=${encodeURIComponent(page.ContinuationToken)}`
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process?.exitCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGKILL')
      await ended
    }
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function serve(store: string, home: string) {
  const words = ['chaos', 'serve', '--listen', '127.0.0.1:0', '--seed', '7', '--store', store]
  const env = { HOME: home, XDG_STATE_HOME: path.join(home, 'state') }
  return execa(process.execPath, [squallFile, ...words], { env, stdin: 'ignore', reject: false })
}
