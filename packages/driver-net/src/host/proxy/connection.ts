import { connect, type Socket } from 'node:net'
import type { Address } from '../../address.ts'
import { chanceOf, chanceStream } from '../../seeded-chance.ts'
import type { Direction, Toxic } from '../../toxic-types.ts'
import { Link } from './link.ts'

export interface ConnectionOptions {
  readonly upstream: Address
  /** Decides, with `number`, which toxics work on it. */
  readonly seed: number
  /** The how manieth connection of its proxy it is. */
  readonly number: number
  readonly toxics: readonly Toxic[]
}

/** A client, the server it was put through to, and the toxics in between. */
export class Connection {
  /** Settles when both sides are closed. */
  readonly closed: Promise<unknown>
  readonly #client: Socket
  readonly #server: Socket
  readonly #links: Readonly<Record<Direction, Link>>
  readonly #options: ConnectionOptions

  constructor(client: Socket, options: ConnectionOptions) {
    const { host, port } = options.upstream
    this.#options = options
    this.#client = client
    this.#server = connect({ host: host || '127.0.0.1', port, allowHalfOpen: true, noDelay: true })
    const both = [this.#client, this.#server] as const
    const wire = (direction: Direction) => ({
      close: () => both.forEach((socket) => void socket.destroySoon()),
      reset: () => both.forEach((socket) => void socket.resetAndDestroy()),
      chance: chanceStream(options.seed, options.number, direction),
    })
    this.#links = {
      upstream: new Link(this.#client, this.#server, wire('upstream')),
      downstream: new Link(this.#server, this.#client, wire('downstream')),
    }
    this.closed = Promise.all([endOf(this.#client, this.#server), endOf(this.#server, this.#client)])
    void this.closed.then(() => this.#cancel())
    this.use(options.toxics)
  }

  /** Puts these toxics to work, as far as chance has them work on this connection. */
  use(toxics: readonly Toxic[]): void {
    const { seed, number } = this.#options
    const chosen = toxics.filter(({ name, toxicity }) => chanceOf(seed, number, name) < toxicity)
    for (const direction of ['upstream', 'downstream'] as const) {
      this.#links[direction].use(chosen.filter(({ stream }) => stream === direction))
    }
  }

  destroy(): void {
    this.#cancel()
    this.#client.destroy()
    this.#server.destroy()
  }

  #cancel(): void {
    this.#links.upstream.cancel()
    this.#links.downstream.cancel()
  }
}

/** When `socket` breaks the other one does as well. Those that end in peace have told the other by then. */
function endOf(socket: Socket, other: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNRESET' || code === 'EPIPE') return void other.resetAndDestroy()
      other.destroy()
    })
    socket.once('close', () => {
      // Closed on purpose on this side only, such as by a server that wants no more: nobody can be answered any more.
      if (!socket.readableEnded) other.destroySoon()
      resolve()
    })
  })
}
