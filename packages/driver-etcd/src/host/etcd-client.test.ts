import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { EtcdRefusal, EtcdSilent } from '../etcd-error.ts'
import { EtcdClient } from './etcd-client.ts'

const { signal } = new AbortController()

/** Answers every request as a member that refuses it for this reason; resolves to its URL. */
async function memberThatSays(error: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(503, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error, code: 14 }))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureOf(error: string): Promise<unknown> {
  const client = new EtcdClient()
  onTestFinished(() => client.close())
  return client.members(await memberThatSays(error), signal).catch((failure: unknown) => failure)
}

// The first was seen while SIGTERM ended a member in the middle of its answer.
it.each(['grpc: the client connection is closing', 'transport is closing', 'etcdserver: server stopped'])(
  'a member that is just ending has not answered: %s',
  async (reason) => {
    const failure = await failureOf(reason)
    expect(failure).toBeInstanceOf(EtcdSilent)
    expect(String(failure)).toContain(reason)
  },
)

it('any other no is a refusal, in the words of the member', async () => {
  const failure = await failureOf('etcdserver: unhealthy cluster')
  expect(failure).toBeInstanceOf(EtcdRefusal)
  expect(failure).toMatchObject({ reason: 'etcdserver: unhealthy cluster', isForNow: true })
})
