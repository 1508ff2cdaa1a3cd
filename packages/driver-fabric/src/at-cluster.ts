import { ChaosClient } from '@squall/chaos'
import { ActivityFailed } from '@squall/contract'
import type { ClusterSettings } from './cluster-settings.ts'

/** Seconds: the cluster says itself that it was too slow, if it can. */
const answersLateBy = 5

/** Talks to a cluster, and closes the connection again. Rejects with `SQUALL_CHAOS_SERVER` for what it does not answer. */
export async function atCluster<Result>(
  settings: ClusterSettings,
  signal: AbortSignal,
  work: (client: ChaosClient) => Promise<Result>,
): Promise<Result> {
  const { endpoint: server, timeout } = settings
  const { UndiciTransport } = await import('./host/undici-transport.ts')
  const transport = await UndiciTransport.open(settings).catch((cause: Error) => {
    const hint = 'Files are relative to the experiment; a PEM file holds the certificate and its key.'
    throw new ActivityFailed(`The certificates cannot be used: ${cause.message}.`, { cause, hint })
  })
  const send = transport.sender(signal, (timeout + answersLateBy) * 1000)
  try {
    return await work(new ChaosClient({ server, send, signal, timeout }))
  } finally {
    await transport.close()
  }
}
