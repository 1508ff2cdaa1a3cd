// Serves the operations of the document with sample answers, and refuses what the document does not allow.
//   node example/server.mjs [PORT]
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

const routes = JSON.parse(await readFile(new URL('./routes.json', import.meta.url), 'utf8'))
  .map((route) => ({ ...route, pattern: patternOf(route.path) }))
  .sort((a, b) => holes(a) - holes(b))

/** Listens on 127.0.0.1, on a free port unless one is given. A silent server takes requests and never answers. */
export async function startServer({ port = 0, isSilent = false } = {}) {
  const received = []
  const server = createServer(async (request, response) => {
    received.push(`${request.method} ${request.url}`)
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    if (!isSilent) reply(response, answerTo(request, body))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    received,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function patternOf(path) {
  const source = new URL(`http://h${path.replaceAll(/\{[^{}]+\}/g, '__HOLE__')}`).pathname
  return new RegExp(`^${source.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('__HOLE__', '[^/]+')}$`)
}

function holes({ path }) {
  return path.match(/\{/g)?.length ?? 0
}

function answerTo(request, body) {
  const { pathname, searchParams } = new URL(request.url, 'http://h')
  const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(pathname))
  if (!route) return problem(404, `There is no ${request.method} ${pathname}.`)
  const given = {
    header: (name) => request.headers[name.toLowerCase()],
    query: (name) => searchParams.get(name) ?? undefined,
    cookie: (name) => cookiesOf(request)[name],
  }
  const isIn =
    route.security.length === 0 ||
    route.security.some((proofs) => proofs.every((proof) => shows(proof, given)))
  if (!isIn) return problem(401, 'Who are you?')
  const lacking = ['query', 'header', 'cookie'].flatMap((place) =>
    route.needs[place].filter((name) => given[place](name) === undefined).map((name) => `${place} ${name}`),
  )
  if (lacking.length > 0) return problem(400, `There is no ${lacking.join(', ')}.`)
  if (route.needs.body && body === '') return problem(400, 'There is no body.')
  return route.answer
}

function shows({ in: place, name, begins = '' }, given) {
  const shown = given[place](name)
  return shown?.startsWith(begins) && shown.length > begins.length
}

function cookiesOf({ headers }) {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.map(([name, ...value]) => [decodeURIComponent(name), value.join('=')]))
}

function problem(status, message) {
  return { status, type: 'application/json', body: { message } }
}

function reply(response, { status, type, body }) {
  if (type === undefined) return response.writeHead(status).end()
  const text = /json/.test(type) ? JSON.stringify(body) : String(body)
  return response.writeHead(status, { 'Content-Type': type }).end(text)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startServer({ port: Number(process.argv[2] ?? 8080) })
  process.stdout.write(`The sample server listens on ${url}.\n`)
}
