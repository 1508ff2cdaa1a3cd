import type { Clock, ProcessIdentity } from '@squall/contract'
import { allPids, readProcess } from '@squall/procfs'
import type { EtcdHost } from '../cluster-file.ts'
import { dataFolder } from './host-files.ts'
import { send } from './send.ts'

const mostLooks = 200
const pollMs = 10

/**
 * Ends what runs with the data of a host and is not in its pid file: whoever started it was killed before that was written.
 * Rejects when it does not end.
 */
export async function endStrays(host: EtcdHost, clock: Clock): Promise<void> {
  for (let look = 0; look < mostLooks; look++) {
    const strays = straysOf(host)
    if (strays.length === 0) return
    for (const stray of strays) send(stray, 'SIGKILL')
    await clock.sleep(pollMs)
  }
  throw new Error(`What runs with the data of ${host.name} does not end.`)
}

/** The program, or the shell that is about to start it. */
function straysOf(host: EtcdHost): readonly ProcessIdentity[] {
  const flag = `--data-dir=${dataFolder(host)}`
  return allPids().flatMap((pid) => {
    const process = readProcess(pid)
    return process?.words.includes(flag) ? [process] : []
  })
}
