import { logIn } from './log-in.ts'
import { VaultServer } from './vault-server.ts'
import type { VaultSettings } from './vault-settings.ts'
import type { VaultWorld } from './vault-world.ts'

/** A server that let us in. */
export interface Session {
  readonly server: VaultServer
  readonly token: string | undefined
}

/** Logs in once for each server and way in, however many secrets are read. */
export class Sessions {
  readonly #world: VaultWorld
  readonly #open = new Map<string, Promise<Session>>()

  constructor(world: VaultWorld) {
    this.#world = world
  }

  /** Whether a session is there already, so that its token may have run out since. */
  has(settings: VaultSettings): boolean {
    return this.#open.has(keyOf(settings))
  }

  /** Rejects when the server refuses. */
  async open(settings: VaultSettings, signal: AbortSignal): Promise<Session> {
    const key = keyOf(settings)
    const opened = this.#open.get(key) ?? this.#logIn(settings, signal)
    this.#open.set(key, opened)
    try {
      return await opened
    } catch (error) {
      if (this.#open.get(key) === opened) this.#open.delete(key)
      throw error
    }
  }

  /** A session in place of one whose token does not do: logs in anew, unless another secret has done so already. */
  async renew(settings: VaultSettings, old: Session, signal: AbortSignal): Promise<Session> {
    const key = keyOf(settings)
    if ((await this.#open.get(key)) === old) this.#open.delete(key)
    return this.open(settings, signal)
  }

  async close(): Promise<void> {
    this.#open.clear()
    await this.#world.close()
  }

  async #logIn({ address, authorities, login }: VaultSettings, signal: AbortSignal): Promise<Session> {
    const server = new VaultServer(address, authorities, this.#world)
    return { server, token: await logIn(login, server, this.#world, signal) }
  }
}

function keyOf({ address, authorities, login }: VaultSettings): string {
  return JSON.stringify([address, authorities, login])
}
