import type { Activity } from '@squall/contract'
import { lawContext } from '@squall/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../example/server.mjs'
import driver from '../src/index.ts'
import { addresses, samples, secrets } from './samples.ts'

const activities = driver.activities as Record<string, Activity>
let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('a call', () => {
  it.each(Object.entries(samples))(
    'of %s has everything that the document asks for',
    async (name, sample) => {
      const configuration = Object.fromEntries(addresses.map((key) => [key, server.url]))
      const context = lawContext({ configuration, secrets })
      const answer: unknown = await activities[name]?.run(sample.input, context)
      expect(answer).toMatchObject({ status: sample.status })
    },
  )
})
