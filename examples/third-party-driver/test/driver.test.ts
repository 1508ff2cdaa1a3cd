import type { Activity } from '@squall/contract'
import { lawContext, playUndos } from '@squall/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import driver from '../src/index.ts'
import { password, type RedisServer, startRedis } from './redis-server.ts'

const activities = driver.activities as Record<string, Activity>
let server: RedisServer
beforeEach(async () => {
  server = await startRedis()
  await server.cli('SET price 3.20')
})
afterEach(() => server.close())

function context(secret = password) {
  return lawContext({ configuration: { redis_url: server.url }, secrets: { redis_password: secret } })
}

describe('a key that was removed', () => {
  it('comes back as what it was', async () => {
    await server.cli('RPUSH basket tea milk')
    const during = context()
    await activities['remove_key']?.run({ key: 'basket' }, during)
    expect(await server.cli('EXISTS basket')).toBe('0')
    expect(await playUndos(driver, during.undos.records, during)).toEqual(['undone'])
    expect(await server.cli('LRANGE basket 0 -1')).toBe('tea\nmilk')
  })

  it('is left alone when somebody has written it since', async () => {
    const during = context()
    await activities['remove_key']?.run({ key: 'price' }, during)
    await server.cli('SET price 3.50')
    expect(await playUndos(driver, during.undos.records, during)).toEqual(['not needed'])
    expect(await server.cli('GET price')).toBe('3.50')
  })

  it('does not come back when its time is over', async () => {
    await server.cli('EXPIRE price 1000')
    const during = context()
    await activities['remove_key']?.run({ key: 'price' }, during)
    const later = { ...during, clock: { ...during.clock, now: () => during.clock.now() + 1_000_000 } }
    expect(await playUndos(driver, during.undos.records, later)).toEqual(['not needed'])
    expect(await server.cli('EXISTS price')).toBe('0')
  })

  it('keeps the time it had left', async () => {
    await server.cli('EXPIRE price 1000')
    const during = context()
    await activities['remove_key']?.run({ key: 'price' }, during)
    await playUndos(driver, during.undos.records, during)
    expect(Number(await server.cli('TTL price'))).toBeGreaterThan(900)
  })
})

describe('the activity fails', () => {
  it.each([
    {
      name: 'for a key that is not there',
      activity: 'remove_key',
      input: { key: 'no' },
      says: "no key 'no'",
    },
    {
      name: 'for a setting that is not there',
      activity: 'read_setting',
      input: { name: 'no' },
      says: "no setting 'no'",
    },
    {
      name: 'for a value that Redis refuses',
      activity: 'change_setting',
      input: { name: 'maxmemory', value: 'much' },
      says: 'says: ERR',
    },
  ])('$name', async ({ activity, input, says }) => {
    await expect(activities[activity]?.run(input, context())).rejects.toThrow(says)
  })

  it('with a wrong password, and does not tell it', async () => {
    const failure = activities['read_key']?.run({ key: 'price' }, context('wrong sesame'))
    await expect(failure).rejects.toThrow('WRONGPASS')
    await expect(failure).rejects.not.toThrow('wrong sesame')
  })

  it('without a Redis', async () => {
    const nowhere = lawContext({ configuration: { redis_url: 'unix:/nowhere/s' } })
    await expect(activities['read_key']?.run({ key: 'price' }, nowhere)).rejects.toThrow(
      'No Redis at unix:/nowhere/s',
    )
  })
})
