// Runs the commands of an example's README in a copy of its folder and prints, as one line of JSON, what they printed,
// how they ended and what was left behind. Runs inside a namespace of its own (test/netns.sh).
//   node play-readme.mjs FOLDER COMMAND...
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder, ...commands] = process.argv.slice(2)
const squall = fileURLToPath(new URL('../../packages/squall/bin/squall.js', import.meta.url))
const root = mkdtempSync(path.join(os.tmpdir(), 'squall-example-'))
const work = path.join(root, path.basename(folder))
cpSync(folder, work, { recursive: true, filter: (name) => !name.includes('node_modules') })
const modules = path.join(folder, 'node_modules')
if (existsSync(modules)) symlinkSync(modules, path.join(work, 'node_modules'))
mkdirSync(path.join(root, 'bin'))
const shim = path.join(root, 'bin/squall')
writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' '${squall}' "$@"\n`)
chmodSync(shim, 0o755)

/** What was printed, without the folders of this machine. */
function anywhere(text) {
  const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
  return text
    .replaceAll(work, '.')
    .replaceAll(root, '~')
    .replaceAll(repository, '~/squall')
    .replaceAll(process.execPath, 'node')
}

const env = { ...process.env, HOME: root, PATH: `${root}/bin:${process.env.PATH}`, NO_COLOR: '1' }
const servers = []

/** A command that ends in ` &` runs until the others are over; what it says first is its output. */
async function serve(command) {
  const server = spawn('sh', ['-c', `exec 2>&1; exec ${command.slice(0, -2)}`], { cwd: work, env })
  servers.push(server)
  const [said] = await once(server.stdout, 'data', { signal: AbortSignal.timeout(30_000) })
  server.stdout.resume()
  return { command, exitCode: 0, output: anywhere(String(said)) }
}

function play(command) {
  const options = { cwd: work, env, encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] }
  const { status, stdout } = spawnSync('sh', ['-c', `exec 2>&1; ${command}`], options)
  return { command, exitCode: status, output: anywhere(stdout) }
}

const transcript = []
for (const command of commands)
  transcript.push(await (command.endsWith(' &') ? serve(command) : play(command)))
for (const server of servers) {
  server.kill()
  await once(server, 'exit')
}
const files = readdirSync(work)
  .filter((name) => name !== 'node_modules')
  .sort()
const listening = ['tcp', 'tcp6'].flatMap((name) =>
  readFileSync(`/proc/net/${name}`, 'utf8')
    .split('\n')
    .slice(1)
    .filter((row) => row.trim().split(/\s+/)[3] === '0A'),
)
rmSync(root, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify({ transcript, listening, files })}\n`)
