// One TLS service: `node service.mjs NAME PORT`. It reads cert.pem again on SIGHUP and leaves NAME.pid while it runs.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:https'

const [name, port] = process.argv.slice(2)
const tls = () => ({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') })

/** astre knows when the sun goes down. */
function astre(_request, response) {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"sunset":"20:51"}')
}

/** sunset asks astre, and trusts only certificates that are still valid. */
function sunset(request, response) {
  const city = request.url?.split('/').at(-1)
  const options = { host: 'localhost', port: 8444, path: '/', ca: readFileSync('ca-cert.pem'), agent: false }
  get(options, (answer) => {
    let text = ''
    answer.on('data', (chunk) => {
      text += chunk
    })
    answer.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ city, ...JSON.parse(text) }))
    })
  }).on('error', (error) => {
    response
      .writeHead(502, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: error.message }))
  })
}

const server = createServer(tls(), (request, response) => {
  if (request.url === '/health') response.writeHead(200).end()
  else if (name === 'astre') astre(request, response)
  else sunset(request, response)
})
server.listen(Number(port), '127.0.0.1', () => writeFileSync(`${name}.pid`, String(process.pid)))

process.on('SIGHUP', () => server.setSecureContext(tls()))
process.on('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => {
    rmSync(`${name}.pid`, { force: true })
    process.exit(0)
  })
})
