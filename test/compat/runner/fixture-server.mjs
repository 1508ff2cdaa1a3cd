// Local HTTP(S) fixture server for the conformance cases. No dependencies.
// Every case talks to its own prefix, /c/<case key>/..., so that counters, stored
// state and recorded requests of cases that run side by side never mix.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const JSON_DOC = {
  service: 'fixture',
  healthy: true,
  replicas: 3,
  ratio: 0.75,
  note: null,
  items: [
    { name: 'alpha', state: 'up', load: 0.25, tags: ['a', 'b'] },
    { name: 'beta', state: 'down', load: 0.9, tags: [] },
    { name: 'gamma', state: 'up', load: 0.5, tags: ['c'] },
  ],
}

const TYPES = {
  '.json': 'application/json',
  '.yaml': 'application/x-yaml',
  '.yml': 'application/x-yaml',
  '.txt': 'text/plain; charset=utf-8',
}

export class FixtureServer {
  constructor() {
    this.states = new Map() // case key -> {dir, counters, store, received}
    this.sockets = new Set()
  }

  open(key, dir) {
    this.states.set(key, { dir, counters: new Map(), store: new Map(), received: [] })
  }

  received(key) {
    return this.states.get(key)?.received ?? []
  }

  close(key) {
    this.states.delete(key)
  }

  async start() {
    this.http = http.createServer((q, s) => this.handle(q, s))
    this.port = await this.listen(this.http)
  }

  async startTls() {
    if (this.tlsPort) return
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fixture-tls-'))
    const key = path.join(dir, 'key.pem')
    const cert = path.join(dir, 'cert.pem')
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
        '-subj',
        '/CN=fixture',
        '-addext',
        'subjectAltName=IP:127.0.0.1,DNS:localhost',
      ],
      { stdio: 'ignore' },
    )
    this.https = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (q, s) =>
      this.handle(q, s),
    )
    this.certPem = fs.readFileSync(cert, 'utf8')
    fs.rmSync(dir, { recursive: true, force: true })
    this.tlsPort = await this.listen(this.https)
  }

  listen(server) {
    server.keepAliveTimeout = 1000
    server.on('connection', (s) => {
      this.sockets.add(s)
      s.on('close', () => this.sockets.delete(s))
      s.on('error', () => {})
    })
    server.on('tlsClientError', () => {})
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => resolve(server.address().port))
    })
  }

  stop() {
    for (const s of this.sockets) s.destroy()
    this.http?.close()
    this.https?.close()
  }

  handle(req, res) {
    const chunks = []
    req.on('data', (c) => chunks.push(c))
    req.on('error', () => {})
    req.on('end', () => {
      try {
        this.route(req, res, Buffer.concat(chunks))
      } catch (e) {
        res.writeHead(500, { 'Content-Type': 'text/plain' })
        res.end(`fixture error: ${e.message}`)
      }
    })
  }

  route(req, res, body) {
    const url = new URL(req.url, 'http://fixture')
    const parts = url.pathname.split('/').filter((p) => p !== '')
    if (parts[0] !== 'c' || !this.states.has(parts[1])) return send(res, 404, 'no such case')
    const state = this.states.get(parts[1])
    const prefix = `/c/${parts[1]}`
    let segs = parts.slice(2).map(decodeURIComponent)

    // /protected/<authorization value>/<rest>: 401 unless that header is sent
    if (segs[0] === 'protected') {
      if ((req.headers.authorization ?? '') !== segs[1]) return send(res, 401, 'unauthorized')
      segs = segs.slice(2)
    }
    const rel = `/${segs.join('/')}`
    const [name, arg] = segs
    const q = url.searchParams
    const bump = (k) => {
      const n = (state.counters.get(k) ?? 0) + 1
      state.counters.set(k, n)
      return n
    }

    switch (name) {
      case 'ok':
        return send(res, 200, 'ok')
      case 'html':
        return send(res, 200, '<html><body><h1>Fixture</h1></body></html>', 'text/html; charset=utf-8')
      case 'json':
        return send(res, 200, JSON.stringify(JSON_DOC), 'application/json')
      case 'json-charset':
        return send(res, 200, '{"a": 1}', 'application/json; charset=utf-8')
      case 'json-vendor':
        return send(res, 200, '{"a": 2}', 'application/vnd.fixture+json')
      case 'bad-json':
        return send(res, 200, '{not json', 'application/json')
      case 'utf8-nocharset':
        return send(res, 200, Buffer.from('caf\u00e9', 'utf8'), 'text/plain')
      case 'latin1':
        return send(res, 200, Buffer.from('caf\u00e9', 'latin1'), 'text/plain; charset=iso-8859-1')
      case 'gzip':
        return send(res, 200, gzipSync('squeezed text'), 'text/plain; charset=utf-8', {
          'Content-Encoding': 'gzip',
        })
      case 'empty':
        res.writeHead(204)
        return res.end()
      case 'headers':
        return send(res, 200, 'see headers', 'text/plain; charset=utf-8', {
          'X-Fixture-Id': 'Alpha-1',
          'X-Fixture-Mixed-CASE': 'kept',
        })
      case 'status':
        return send(res, Number(arg), `status ${arg}`)
      case 'slow': {
        const t = setTimeout(() => send(res, 200, 'slow'), Number(q.get('ms') ?? 1000))
        res.on('close', () => clearTimeout(t))
        return
      }
      case 'redirect':
        res.writeHead(Number(q.get('code') ?? 302), { Location: prefix + (q.get('to') ?? '/ok') })
        return res.end()
      case 'redirect-loop':
        res.writeHead(302, { Location: `${prefix}/redirect-loop` })
        return res.end()
      case 'count':
        return send(res, 200, String(bump(`count ${arg}`)))
      case 'seq': {
        const codes = (q.get('codes') ?? '200').split(',')
        const n = bump(`seq ${arg}`)
        return send(res, Number(codes[Math.min(n, codes.length) - 1]), `call ${n}`)
      }
      case 'drop': {
        const n = bump(`drop ${arg}`)
        if (n <= Number(q.get('times') ?? 1)) return req.socket.destroy()
        return send(res, 200, `call ${n}`)
      }
      case 'state':
        if (req.method === 'GET' || req.method === 'HEAD') {
          if (!state.store.has(arg)) return send(res, 404, 'unset')
          return send(res, 200, state.store.get(arg), q.get('type') ?? undefined)
        }
        if (req.method === 'DELETE') {
          state.store.delete(arg)
          return send(res, 200, 'deleted')
        }
        state.store.set(arg, body.toString('utf8'))
        return send(res, 200, 'stored')
      case 'echo': {
        const query = {}
        for (const [k, v] of q) query[k] = k in query ? [].concat(query[k], v) : v
        const headers = {}
        for (const [k, v] of Object.entries(req.headers)) {
          if (k.startsWith('x-') || k === 'authorization' || k === 'content-type') headers[k] = v
        }
        const out = { method: req.method, path: rel, query, headers, body: body.toString('utf8') }
        try {
          // a JSON body is reported parsed, so that its spacing does not matter
          if (/json/.test(headers['content-type'] ?? '') && body.length) {
            out.json = JSON.parse(out.body)
            delete out.body
          }
        } catch {
          /* left as text */
        }
        return send(res, 200, JSON.stringify(out), 'application/json')
      }
      case 'files': {
        const f = path.resolve(state.dir, segs.slice(1).join('/'))
        if (!f.startsWith(state.dir + path.sep) || !fs.existsSync(f)) return send(res, 404, 'no such file')
        const type = q.get('type') ?? TYPES[path.extname(f)] ?? 'application/octet-stream'
        return send(res, 200, fs.readFileSync(f), type)
      }
      case 'received': {
        const headers = {}
        for (const [k, v] of Object.entries(req.headers)) {
          if (k.startsWith('x-') || k === 'authorization') headers[k] = v
        }
        let parsed = null
        try {
          parsed = body.length ? JSON.parse(body.toString('utf8')) : null
        } catch {
          parsed = { text: body.toString('utf8') }
        }
        state.received.push({ method: req.method, path: rel, headers, body: parsed })
        return send(res, Number(q.get('code') ?? 200), 'received')
      }
      default:
        return send(res, 404, 'not found')
    }
  }
}

function send(res, code, body, type = 'text/plain; charset=utf-8', extra = {}) {
  if (res.destroyed || res.headersSent) return
  res.writeHead(code, { 'Content-Type': type, ...extra })
  res.end(body)
}
