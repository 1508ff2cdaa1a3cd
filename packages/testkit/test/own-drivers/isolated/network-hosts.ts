import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface NetworkHosts {
  /** Names of two network namespaces, joined by a pair of devices `eth0`. */
  readonly here: string
  readonly there: string
  /** What somebody sees in both. */
  look(): string
  /** Takes every fault out of both. */
  cleanUp(): void
  remove(): void
}

const sh = (script: string): string => execFileSync('sh', ['-c', script], { encoding: 'utf8' })

/** Makes two hosts out of network namespaces. Their names are seen by the whole machine, so they are like no other's. */
export function networkHosts(): NetworkHosts {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-hosts-'))
  const mark = `sq${path.basename(folder).slice(-6)}`
  const [here, there] = [`${mark}a`, `${mark}b`] as const
  sh(`set -e
    ip netns add ${here}; ip netns add ${there}
    ip -n ${here} link add eth0 type veth peer name eth0 netns ${there}
    ip -n ${here} addr add 10.78.0.1/24 dev eth0; ip -n ${there} addr add 10.78.0.2/24 dev eth0
    ip -n ${here} link set eth0 up; ip -n ${there} link set eth0 up
    ip -n ${here} route add 10.79.0.0/16 via 10.78.0.2`)
  standInForNetem(folder)
  const inEach = (script: string): string =>
    [here, there].map((name) => `ip netns exec ${name} sh -c '${script}'`).join('; ')
  return {
    here,
    there,
    look: () =>
      sh(
        inEach('nft list tables; tc qdisc show dev eth0; ip -4 route; cat /sys/class/net/eth0/flags').concat(
          `; ip -n ${here} route show type blackhole`,
        ),
      ),
    cleanUp: () => {
      const undone = 'nft flush ruleset; tc qdisc del dev eth0 root 2>/dev/null; ip link set eth0 up'
      sh(`${inEach(undone)}; ip -n ${here} route flush type blackhole
        ip -n ${here} route replace 10.79.0.0/16 via 10.78.0.2`)
    },
    remove: () => {
      sh(`ip netns del ${here}; ip netns del ${there}`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Many kernels have no netem: there its laws are tried with another queueing discipline in its place. */
function standInForNetem(folder: string): void {
  const real = sh('command -v tc').trim()
  const file = path.join(folder, 'tc')
  const replace = "sed 's/ netem .*/ pfifo limit 100/'"
  const script = `case "$*" in *" netem "*) set -- $(echo "$*" | ${replace});; esac`
  writeFileSync(file, `#!/bin/sh\n${script}\nexec ${real} "$@"\n`)
  chmodSync(file, 0o755)
  process.env['PATH'] = `${folder}:${process.env['PATH']}`
}
