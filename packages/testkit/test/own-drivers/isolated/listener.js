// Listens on PORT of 127.0.0.1 until it is ended. With `stubborn` it ignores SIGTERM and says that it was asked.
import { createServer } from 'node:net'

const [, , port, manner] = process.argv
if (manner === 'stubborn') process.on('SIGTERM', () => process.stdout.write('asked\n'))
createServer((socket) => socket.end())
  .on('error', (error) => process.stdout.write(`failed: ${error.message}\n`))
  .listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
