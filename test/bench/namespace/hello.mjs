// An HTTP server; prints the port on which it listens.
import { createServer } from 'node:http'

const server = createServer((_, answer) => answer.end('hello\n'))
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
