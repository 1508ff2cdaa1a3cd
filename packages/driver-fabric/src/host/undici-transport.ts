import { readFile } from 'node:fs/promises'
import type { SendRequest } from '@squall/chaos'
import { anySignal } from '@squall/contract'
import { EnvHttpProxyAgent, request } from 'undici'
import type { ClusterSettings } from '../cluster-settings.ts'

const connectMs = 10_000

/** What TLS is told: texts of PEM files. */
interface Identity {
  readonly cert?: string
  readonly key?: string
  readonly ca?: string
  readonly passphrase?: string
  readonly rejectUnauthorized: boolean
}

/** Sends requests to a cluster's management endpoint, with a client certificate where there is one. */
export class UndiciTransport {
  readonly #agent: EnvHttpProxyAgent
  readonly #endpoint: string

  private constructor(endpoint: string, identity: Identity) {
    this.#endpoint = endpoint.replace(/\/+$/, '')
    this.#agent = new EnvHttpProxyAgent({
      connect: { ...identity, timeout: connectMs },
      requestTls: identity,
    })
  }

  /** Rejects for a file of certificates that cannot be read. */
  static async open(settings: ClusterSettings): Promise<UndiciTransport> {
    return new UndiciTransport(settings.endpoint, await identityOf(settings))
  }

  /** `limitMs` is how long an answer may take. */
  sender(signal: AbortSignal, limitMs: number): SendRequest {
    return async ({ method, path, body }) => {
      const content = body && { body: JSON.stringify(body) }
      const type = body && { 'content-type': 'application/json; charset=utf-8' }
      const answer = await request(`${this.#endpoint}${path}`, {
        method,
        headers: { accept: 'application/json', ...type },
        dispatcher: this.#agent,
        signal: anySignal([signal, AbortSignal.timeout(limitMs)]),
        ...content,
      })
      return { status: answer.statusCode, text: await answer.body.text() }
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy()
  }
}

async function identityOf(settings: ClusterSettings): Promise<Identity> {
  const { pem_content: content, pem_path: pem, cert_path: cert, key_path: key, ca_path: ca } = settings
  const both = content ?? (await textOf(pem))
  const certificate = both ?? (await textOf(cert))
  const secret = both ?? (await textOf(key))
  const authorities = await textOf(ca)
  return {
    rejectUnauthorized: settings.verify_tls,
    ...(certificate !== undefined && { cert: certificate }),
    ...(secret !== undefined && { key: secret }),
    ...(authorities !== undefined && { ca: authorities }),
    ...(settings.passphrase !== undefined && { passphrase: settings.passphrase }),
  }
}

function textOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? Promise.resolve(undefined) : readFile(file, 'utf8')
}
