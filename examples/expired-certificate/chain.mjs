// Starts and stops the two services of this example: `node chain.mjs up`, `node chain.mjs down`.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'

const services = [
  { name: 'astre', port: 8444 },
  { name: 'sunset', port: 8443 },
]

function openssl(words) {
  execFileSync('openssl', words.split(' '), { stdio: 'ignore' })
}

/** A certificate authority, one key, and two certificates for it: one for a month, one that ended yesterday. */
function makeCertificates() {
  openssl(
    'req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca-cert.pem -days 30 -subj /CN=example-authority',
  )
  openssl('req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=localhost')
  for (const [file, days] of [
    ['valid-cert.pem', 30],
    ['expired-cert.pem', -1],
  ]) {
    openssl(
      `x509 -req -in request.pem -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial -days ${days} -out ${file}`,
    )
  }
  copyFileSync('valid-cert.pem', 'cert.pem')
}

function answers(port) {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health', rejectUnauthorized: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.on('error', () => resolve(false))
  })
}

async function up() {
  if (!existsSync('valid-cert.pem')) makeCertificates()
  for (const { name, port } of services) {
    spawn(process.execPath, ['service.mjs', name, String(port)], { detached: true, stdio: 'ignore' }).unref()
  }
  const deadline = Date.now() + 10_000
  for (const { name, port } of services) {
    while (!(await answers(port))) {
      if (Date.now() > deadline) throw new Error(`${name} does not answer on port ${port}.`)
      await sleep(50)
    }
  }
  process.stdout.write('astre answers on https://localhost:8444, sunset on https://localhost:8443\n')
}

async function down() {
  for (const { name } of services) {
    if (existsSync(`${name}.pid`)) process.kill(Number(readFileSync(`${name}.pid`, 'utf8')), 'SIGTERM')
  }
  const deadline = Date.now() + 10_000
  for (const { name } of services) {
    while (existsSync(`${name}.pid`) && Date.now() < deadline) await sleep(20)
  }
  const made = [
    'ca-key.pem',
    'ca-cert.pem',
    'ca-cert.srl',
    'key.pem',
    'request.pem',
    'valid-cert.pem',
    'expired-cert.pem',
    'cert.pem',
  ]
  for (const file of made) rmSync(file, { force: true })
}

process.chdir(new URL('.', import.meta.url).pathname)
if (process.argv[2] === 'up') await up()
else await down()
