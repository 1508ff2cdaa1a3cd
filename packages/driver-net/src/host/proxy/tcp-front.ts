import { createServer, type Server, type Socket } from 'node:net'
import type { Address } from '../../address.ts'
import type { Toxic } from '../../toxic-types.ts'
import { Connection } from './connection.ts'

/** Where clients of a proxy connect to. */
export class TcpFront {
  readonly #server: Server
  readonly #seed: number
  readonly #open = new Set<Connection>()
  #accepted = 0
  #toxics: readonly Toxic[] = []

  private constructor(upstream: Address, seed: number) {
    this.#seed = seed
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.#accept(client, upstream),
    )
  }

  /** Rejects with the error of the system when it cannot listen there. */
  static async listen(at: Address, upstream: Address, seed: number): Promise<TcpFront> {
    const front = new TcpFront(upstream, seed)
    await new Promise<void>((resolve, reject) => {
      front.#server.once('error', reject)
      front.#server.listen({ port: at.port, ...(at.host === '' ? {} : { host: at.host }) }, resolve)
    })
    return front
  }

  get address(): Address {
    const { address, port } = this.#server.address() as { address: string; port: number }
    return { host: address, port }
  }

  /** Puts these toxics to work on connections that are open and those to come. */
  use(toxics: readonly Toxic[]): void {
    this.#toxics = toxics
    for (const connection of this.#open) connection.use(toxics)
  }

  /** Ends every connection and refuses new ones. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const connection of this.#open) connection.destroy()
    await closed
  }

  #accept(client: Socket, upstream: Address): void {
    this.#accepted += 1
    const options = { upstream, seed: this.#seed, number: this.#accepted, toxics: this.#toxics }
    const connection = new Connection(client, options)
    this.#open.add(connection)
    void connection.closed.then(() => this.#open.delete(connection))
  }
}
