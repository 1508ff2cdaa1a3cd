import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { call, failure } from './activity.ts'
import { selfSigned } from './certificate.ts'
import { redirect, TestServer, text } from './server.ts'

/** A proxy that answers plain requests itself, and opens tunnels unless told to answer with another status. */
async function proxyServer(tunnelStatus = 200) {
  const asked: string[] = []
  const server = await TestServer.tcp((socket: Socket) => {
    socket.once('data', (data) => {
      const head = data.toString()
      asked.push(head)
      const [, host = '', port = ''] = /^CONNECT (.*):(\d+) /.exec(head) ?? []
      if (!host) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nproxy')
        return
      }
      socket.write(`HTTP/1.1 ${tunnelStatus} Tunnel\r\n\r\n`)
      if (tunnelStatus !== 200) return
      const onward = connect(Number(port), host)
      onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
      socket
        .on('close', () => onward.destroy())
        .pipe(onward)
        .pipe(socket)
    })
  })
  return { server, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

describe('a proxy of the environment', () => {
  it('gets the whole address of an http call, and who asks', async () => {
    await using proxy = await proxyServer()
    const environment = { http_proxy: `http://me:pw@${proxy.server.host}` }
    const { body } = await call(
      { url: 'http://u:p@inner.example:81/a?b=1', arguments: { c: 2 } },
      { environment },
    )
    expect(body).toBe('proxy')
    const [head = ''] = proxy.asked
    expect(head).toMatch(/^GET http:\/\/inner\.example:81\/a\?b=1&c=2 HTTP\/1\.1\r\n/)
    expect(head).toMatch(/\r\nhost: inner\.example:81\r\n/i)
    expect(head).toContain(`Proxy-Authorization: Basic ${Buffer.from('me:pw').toString('base64')}\r\n`)
    expect(head).toContain(`Authorization: Basic ${Buffer.from('u:p').toString('base64')}\r\n`)
  })

  it('opens a tunnel for https', async () => {
    await using server = await TestServer.https((_, response) => text(response, 'secret'), selfSigned())
    await using proxy = await proxyServer()
    const options = { environment: { HTTPS_PROXY: proxy.server.host } }
    expect((await call({ url: server.url, verify_tls: false }, options)).body).toBe('secret')
    expect(proxy.asked[0]).toMatch(`CONNECT ${server.host} HTTP/1.1`)
    expect((await failure({ url: server.url }, options)).message).toContain('self-signed certificate')
  })

  it('that opens no tunnel fails the activity', async () => {
    await using proxy = await proxyServer(407)
    const error = await failure(
      { url: 'https://inner.example/' },
      { environment: { all_proxy: proxy.server.url } },
    )
    expect(error.code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(error.message).toContain(
      `the proxy ${proxy.server.url} answers 407 when asked for inner.example:443`,
    )
  })

  it('that hangs up fails the activity', async () => {
    await using proxy = await TestServer.tcp((socket) => void socket.once('data', () => socket.destroy()))
    const options = { environment: { https_proxy: proxy.url } }
    expect((await failure({ url: 'https://inner.example/' }, options)).code).toBe('SQUALL_ACTIVITY_FAILED')
    expect(proxy.connections).toBe(1)
  })

  it('is asked anew after a redirect', async () => {
    await using server = await TestServer.http((_, response) => redirect(response, 'http://inner.example/x'))
    await using proxy = await proxyServer()
    const environment = { http_proxy: proxy.server.url, no_proxy: '127.0.0.1' }
    expect((await call({ url: server.url }, { environment })).body).toBe('proxy')
    expect(proxy.asked.length).toBe(1)
  })

  it('of an unknown kind stops the method', async () => {
    const error = await failure({ url: 'http://h/' }, { environment: { http_proxy: 'socks5://h:1' } })
    expect(error.message).toContain('only http and https proxies are known')
    expect(error.code).not.toBe('SQUALL_ACTIVITY_FAILED')
  })
})
