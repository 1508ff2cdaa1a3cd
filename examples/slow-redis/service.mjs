// A page that greets with what Redis says, or with a greeting of its own when Redis does not answer in time.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'

const redis = { host: '127.0.0.1', port: 6380 }
const patienceMs = 500

async function greeting() {
  const socket = connect(redis)
  try {
    socket.end('GET greeting\r\n')
    const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(patienceMs) })
    return `${String(answer).split('\r\n')[1]} (from Redis)`
  } catch {
    return 'hello (Redis was too slow)'
  } finally {
    socket.destroy()
  }
}

const server = createServer(async (_request, response) => response.end(`${await greeting()}\n`))
server.listen(8080, '127.0.0.1', () => process.stdout.write('http://127.0.0.1:8080\n'))
