import { readFile } from 'node:fs/promises'
import type { VaultWorld } from '../vault-world.ts'
import type { UndiciTransport } from './undici-transport.ts'

/** The system this process runs on. undici is read when the first secret is asked for. */
export function systemWorld(): VaultWorld {
  let opened: Promise<UndiciTransport> | undefined
  return {
    async request(request) {
      opened ??= import('./undici-transport.ts').then((module) => new module.UndiciTransport())
      return (await opened).send(request)
    },
    readText: (file) => readFile(file, 'utf8'),
    async close() {
      await (await opened)?.close()
    },
  }
}
