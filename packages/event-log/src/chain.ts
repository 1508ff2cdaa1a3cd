import type { Hash } from 'node:crypto'
import { loadCrypto } from './host/crypto.ts'

/** The chain hash before anything was written. */
export const chainStart: string = '0'.repeat(64)

/** Hashes a log in batches, each together with the hash of the one before. */
export class Chain {
  #hash: Hash
  #current: string

  constructor(previous: string) {
    this.#current = previous
    this.#hash = after(previous)
  }

  /** The hash at the last seal. */
  get current(): string {
    return this.#current
  }

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  /** Ends the batch and returns its hash. */
  seal(): string {
    this.#current = this.#hash.digest('hex')
    this.#hash = after(this.#current)
    return this.#current
  }
}

function after(previous: string): Hash {
  return loadCrypto().createHash('sha256').update(previous)
}
