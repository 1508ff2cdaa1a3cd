import { createServer } from 'node:http'

createServer((_request, response) => response.end('hello\n')).listen(8080, '127.0.0.1', () =>
  process.stdout.write('http://127.0.0.1:8080\n'),
)
