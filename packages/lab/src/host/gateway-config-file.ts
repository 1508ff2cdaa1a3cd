import { readFileSync, statSync } from 'node:fs'
import type { BackendPool } from '../backend-pool.ts'
import { backendsOf, parseGatewayConfig } from '../gateway-config.ts'
import { LabError, reasonOf } from '../lab-error.ts'
import { type Service, services } from '../service.ts'
import { isErrno } from './atomic-file.ts'
import type { ProgramLog } from './program-log.ts'

/** Reads the gateway configuration and follows it: each request looks whether the file was replaced. */
export class GatewayConfigFile {
  readonly #file: string
  readonly #pools: Readonly<Record<Service, BackendPool>>
  readonly #log: ProgramLog
  #version = ''

  /** Throws `LabError` when there is no such file or it cannot be used. */
  constructor(file: string, pools: Readonly<Record<Service, BackendPool>>, log: ProgramLog) {
    this.#file = file
    this.#pools = pools
    this.#log = log
    this.#version = versionOf(file)
    this.#read()
  }

  /** Takes over what was changed. While the file is missing or broken, what was read last stays in force. */
  follow(): void {
    const version = versionOf(this.#file)
    if (version === this.#version) return
    this.#version = version
    try {
      this.#read()
    } catch (error) {
      this.#log(`${reasonOf(error)} What was read last stays in force.`)
    }
  }

  #read(): void {
    const config = parseGatewayConfig(textOf(this.#file), this.#file)
    for (const service of services) {
      const urls = backendsOf(config, service)
      this.#pools[service].follow(urls)
      this.#log(`${service}: ${urls.join(', ') || 'no backend'}.`)
    }
  }
}

function versionOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.ino}/${stat.mtimeNs}/${stat.size}` : 'missing'
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = isErrno(cause, 'ENOENT') ? 'there is no such file' : reasonOf(cause)
    throw new LabError(
      'LAB_CONFIGURATION',
      `The gateway configuration '${file}' cannot be read: ${reason}.`,
      'Start the gateway where conf/gateway.json is, or name the file with --config.',
      { cause },
    )
  }
}
