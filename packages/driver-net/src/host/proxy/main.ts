// The proxy as a program of its own: `squall-net-proxy [--listen HOST:PORT]` runs until it is ended by a signal.
// With `--held` it was started by an activity: it waits for a line on its stdin before it listens, so that whoever started it can
// first write down its pid; it ends when that does not come, and with its last proxy.
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { addressText, parseAddress } from '../../address.ts'
import { apiServer } from './api-server.ts'
import { Proxies } from './proxies.ts'

const { values: options } = parseArgs({
  options: {
    listen: { type: 'string', default: '127.0.0.1:8474' },
    held: { type: 'boolean', default: false },
  },
})
const at = parseAddress(options.listen)
if (!at) stop(2, `--listen takes an address such as 127.0.0.1:8474, not '${options.listen}'.`)

if (options.held) {
  const word = await Promise.race([once(process.stdin, 'data'), once(process.stdin, 'close')])
  if (word.length === 0) process.exit(0)
  process.stdin.destroy()
  // Nobody listens on the other end for long.
  process.stdout.on('error', () => {})
  process.on('SIGHUP', () => {})
}

const proxies = new Proxies(() => {
  if (!options.held) return
  // Who comes from now on shall find nobody; the one who removed the last proxy still gets an answer.
  server.close()
  setTimeout(() => process.exit(0), 50)
})
const server = apiServer(proxies)
server.on('error', (error) => stop(1, `The API cannot listen on ${options.listen}: ${error.message}`))
server.listen(at.port, at.host || undefined)
await once(server, 'listening')
const { address, port } = server.address() as { address: string; port: number }
process.stdout.write(`Listening on ${addressText({ host: address, port })}\n`)

function stop(code: number, reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(code)
}
