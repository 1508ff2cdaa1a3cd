import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ChaosServer } from './killed-server.ts'

const brisk = {
  TimeToRunInSeconds: '3600',
  MaxConcurrentFaults: 3,
  WaitTimeBetweenFaultsInSeconds: 1,
  WaitTimeBetweenIterationsInSeconds: 0,
  MaxClusterStabilizationTimeoutInSeconds: 30,
}

/** Kills the server again and again at moments of chance, and says so many times which they were. */
export function killTests(kills: number): void {
  it(`a server that is killed ${kills} times goes on where it was: no event is lost or doubled, no fault left behind`, {
    timeout: 30_000 + kills * 10_000,
  }, async () => {
    await using server = await ChaosServer.create()
    await server.start()
    await server.post('Start', brisk)
    let seen = (await server.events()).map((event) => JSON.stringify(event))
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(Math.random() * 1500)
      seen = await grown(server, seen)
      await server.end('SIGKILL')
      await server.start()
    }
    await server.post('Stop')
    const events = await untilStopped(server)
    const texts = events.map((event) => JSON.stringify(event))
    expect(texts.slice(0, seen.length)).toEqual(seen)
    expect(new Set(texts).size).toBe(texts.length)
    const kinds = events.map(({ Kind }) => Kind)
    expect(kinds.filter((kind) => kind === 'Started')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'Stopped')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'TestError')).toEqual([])
    expect(kinds.filter((kind) => kind === 'ExecutingFaults').length).toBeGreaterThan(0)
    const times = events.map(({ TimeStampUtc }) => TimeStampUtc)
    expect(times).toEqual([...times].sort())
    expect(await server.end('SIGTERM')).toBe(0)
    const runs = path.join(path.dirname(server.store), 'state', 'squall', 'runs')
    expect(existsSync(runs) ? readdirSync(runs) : []).toEqual([])
  })
}

/** What was told before is there still, at the same place. */
async function grown(server: ChaosServer, seen: readonly string[]): Promise<string[]> {
  const now = (await server.events()).map((event) => JSON.stringify(event))
  expect(now.slice(0, seen.length)).toEqual(seen)
  return now
}

async function untilStopped(server: ChaosServer): ReturnType<ChaosServer['events']> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const events = await server.events()
    if (events.at(-1)?.Kind === 'Stopped') return events
    if (performance.now() > deadline) throw new Error('No Stopped event within 30 s.')
    await delay(50)
  }
}
