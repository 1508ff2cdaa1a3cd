import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isObject, type ProcessIdentity } from '@squall/contract'

export interface HealerLockOptions {
  readonly self: ProcessIdentity
  /** Unique to this healer. */
  readonly token: string
  readonly isAlive: (process: ProcessIdentity) => boolean
}

interface Claim {
  readonly healer: ProcessIdentity
  readonly token: string
}

/**
 * Lets one healer at a time work on a log. A claim is a file that names its owner; it can be taken over only from an
 * owner that no longer runs. A healer that was frozen asks `isMine` before each step and so notices that it lost it.
 */
export class HealerLock {
  readonly #file: string
  readonly #options: HealerLockOptions

  private constructor(file: string, options: HealerLockOptions) {
    this.#file = file
    this.#options = options
  }

  /** The lock, or the process that holds it. */
  static async acquire(folder: string, options: HealerLockOptions): Promise<HealerLock | ProcessIdentity> {
    const file = path.join(folder, 'healer.lock')
    const lock = new HealerLock(file, options)
    for (;;) {
      if (await lock.#claim()) return lock
      const holder = await readClaim(file)
      if (holder && options.isAlive(holder.healer)) return holder.healer
      if (holder) await lock.#takeAway(holder)
    }
  }

  async isMine(): Promise<boolean> {
    return (await readClaim(this.#file))?.token === this.#options.token
  }

  async release(): Promise<void> {
    if (await this.isMine()) await rm(this.#file, { force: true })
  }

  /** A whole claim appears at once or not at all: it is written aside and then linked into place. */
  async #claim(): Promise<boolean> {
    const { self, token } = this.#options
    const aside = `${this.#file}.${token}`
    await writeFile(aside, JSON.stringify({ healer: self, token } satisfies Claim), { mode: 0o600 })
    try {
      await link(aside, this.#file)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    } finally {
      await unlink(aside)
    }
  }

  /**
   * Removes the claim of a healer that no longer runs. Another one may have done so first and claimed the log: what was
   * moved aside is then not what was read, and goes back.
   */
  async #takeAway(dead: Claim): Promise<void> {
    const aside = `${this.#file}.${this.#options.token}.dead`
    try {
      await rename(this.#file, aside)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
      throw error
    }
    const moved = await readClaim(aside)
    if (moved && moved.token !== dead.token) await link(aside, this.#file).catch(() => undefined)
    await rm(aside, { force: true })
  }
}

async function readClaim(file: string): Promise<Claim | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const claim: unknown = JSON.parse(text)
  return isObject(claim) ? (claim as unknown as Claim) : undefined
}
