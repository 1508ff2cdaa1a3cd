import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const netns = fileURLToPath(new URL('../netns.sh', import.meta.url))
const program = fileURLToPath(new URL('namespace/find-and-kill.mjs', import.meta.url))

/** Finding and killing by port in a crowd, in a namespace of its own. */
export async function ports() {
  const possible = spawnSync(netns, ['true'], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  if (possible.status !== 0) return notMeasured(possible.stderr)
  const stdio = ['ignore', 'pipe', 'inherit']
  const { status, stdout } = spawnSync(netns, [process.execPath, program], { stdio, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The benchmark of ports ended with ${status}.`)
  const { find, kill, crowd } = JSON.parse(stdout)
  const among = `among ${crowd.processes} processes and ${crowd.sockets} sockets`
  const finding = { what: `finding the listener of a port ${among}`, unit: 'ms', value: find.squall }
  const killing = { what: `killing the listener of a port ${among}`, unit: 'ms', value: kill.squall }
  return [
    { ...finding, id: 'find-ss', yardstick: { name: '`ss -Hltnp`', value: find.ss } },
    { ...finding, id: 'find-fuser', yardstick: { name: '`fuser`', value: find.fuser } },
    { ...killing, id: 'kill-fuser', yardstick: { name: '`fuser -k`', value: kill.fuser } },
  ]
}

function notMeasured(reason) {
  if (process.env.SQUALL_REQUIRE_ALL === '1')
    throw new Error(`The benchmark of ports must run here: ${reason}`)
  process.stderr.write(`NOT RUN: the benchmark of ports: ${reason}`)
  return []
}
