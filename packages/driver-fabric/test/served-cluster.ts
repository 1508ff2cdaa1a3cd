import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type ChaosService, openChaosService } from '@squall/chaos'
import type { ClusterContext, ClusterSnapshot } from '@squall/contract'
import { fabricApi, serveFabricApi } from '@squall/fabric-api'
import { Simulator } from '@squall/simulator'
import { lawContext } from '@squall/testkit'

// The servers are on this machine, whatever proxy its user has.
process.env['NO_PROXY'] = '127.0.0.1'

/** A simulated cluster that counts how often it is looked at. */
class WatchedCluster extends Simulator {
  looks = 0

  override snapshot(context?: ClusterContext): Promise<ClusterSnapshot> {
    this.looks += 1
    return super.snapshot(context)
  }
}

export interface ServedCluster {
  readonly url: string
  readonly folder: string
  readonly chaos: ChaosService
  readonly cluster: WatchedCluster
  [Symbol.asyncDispose](): Promise<void>
}

/** What a secured cluster and its caller show each other, as files in the folder of a served cluster. */
export const certificateFiles = { pem_path: 'client.pem', ca_path: 'cluster.crt' }

/** The routes of a cluster, over TLS and for callers with a certificate only where it is secured. */
export async function serveCluster({ isSecured = false } = {}): Promise<ServedCluster> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'squall-driver-fabric-'))
  const { clock } = lawContext()
  const cluster = new WatchedCluster({ clock })
  const chaos = await openChaosService({ cluster, clock, folder: path.join(folder, 'store'), seed: 42 })
  const tls = isSecured ? await certificates(folder) : undefined
  const server = await serveFabricApi(fabricApi({ chaos, clock }), { port: 0, ...(tls && { tls }) })
  return {
    url: server.url,
    folder,
    chaos,
    cluster,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await chaos.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function certificates(folder: string) {
  const [server, client] = [await certificate(folder, 'cluster'), await certificate(folder, 'client')]
  await writeFile(path.join(folder, 'client.pem'), `${client.cert}${client.key}`)
  return { ...server, clientCa: client.cert }
}

/** A certificate that is its own authority, for 127.0.0.1. */
async function certificate(folder: string, name: string): Promise<{ cert: string; key: string }> {
  const file = (ending: string): string => path.join(folder, `${name}.${ending}`)
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const out = ['-days', '2', '-keyout', file('key'), '-out', file('crt')]
  execFileSync('openssl', [...kind, ...subject, ...out], { stdio: 'ignore' })
  return { cert: await readFile(file('crt'), 'utf8'), key: await readFile(file('key'), 'utf8') }
}
