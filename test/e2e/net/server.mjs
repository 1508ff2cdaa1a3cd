import { createServer } from 'node:http'

createServer((_, answer) => answer.end('hello\n')).listen(9080, '127.0.0.1')
