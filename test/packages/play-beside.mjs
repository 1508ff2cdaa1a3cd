// Starts a program and waits until it says something, runs a command beside it, ends the program, and ends with the exit
// code of the command.
//   node play-beside.mjs '["node", "server.mjs"]' squall run experiment.json
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const [beside, command, ...words] = process.argv.slice(2)
const [program, ...arguments_] = JSON.parse(beside)
const server = spawn(program, arguments_, { stdio: ['ignore', 'pipe', 'pipe'] })
const ended = once(server, 'exit')
await Promise.race([once(server.stdout, 'data'), once(server.stderr, 'data'), ended])
server.stdout.resume()
server.stderr.resume()

const player = spawn(command, words, { stdio: ['ignore', 'inherit', 'inherit'] })
const [code] = await once(player, 'exit')
server.kill()
await ended
process.exitCode = code ?? 1
