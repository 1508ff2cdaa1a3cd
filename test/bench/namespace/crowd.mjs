import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { fileURLToPath } from 'node:url'

const listener = fileURLToPath(new URL('listener.mjs', import.meta.url))
const listeningSockets = 200
const connections = 900
const sleepers = 290

/** Fills the namespace with sleepers and sockets, as a busy machine has them. Ends with the process that made it. */
export async function makeCrowd() {
  for (let at = 0; at < sleepers; at += 1) spawn('sleep', ['100000'], { stdio: 'ignore' })
  const servers = Array.from({ length: listeningSockets }, () => net.createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  for (let at = 0; at < connections; at += 1) {
    await once(net.connect(servers[at % listeningSockets].address().port, '127.0.0.1'), 'connect')
  }
}

/** Starts a program that listens on the port and does nothing else; resolves once it does. */
export async function startListener(port) {
  const child = spawn(process.execPath, [listener, port], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  return { pid: child.pid, ended }
}
