// The watchdog of a run: it holds the read end of a pipe and does nothing until that ends. A run that ends properly says
// farewell first; a pipe that ends without it means that the runner is gone, and what it left is healed.
//   node idle.js HEALER LOG_FOLDER
import { pathToFileURL } from 'node:url'

const [healer = '', folder = ''] = process.argv.slice(2)
let isFarewell = false

// It belongs to no terminal, but a signal to all of a user's processes must not take it along with the runner.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)

process.stdin.on('data', (chunk: Buffer) => {
  isFarewell ||= chunk.includes('farewell')
})
process.stdin.on('close', () => {
  if (isFarewell) process.exit(0)
  import(pathToFileURL(healer).href)
    .then(({ heal }) => heal(folder))
    // What a driver left open must not keep it alive; what went wrong shows in the log that stays.
    .then(
      () => process.exit(0),
      () => process.exit(1),
    )
})
// The runner that reads this may be gone by the time something is written.
process.stdout.on('error', () => undefined)
process.stdin.resume()
process.stdout.write('ready\n')
