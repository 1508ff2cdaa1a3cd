import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ChaosServer } from '../chaos/killed-server.ts'
import { type Ended, project } from './squall.ts'

const brisk = ['--wait-time-between-iterations', '1', '--wait-time-between-faults', '0']

it('runs in the foreground, shows what happens, and writes a report', async () => {
  await using dir = await project()
  const words = ['chaos', 'run', '--seed', '3', '--time-to-run', '3', '--report', 'report.json', ...brisk]
  const { exitCode, stderr, stdout } = await dir.squall(words)
  expect(stderr).toMatch(/Started with seed 3[\s\S]*Iteration 1[\s\S]*Stopped The time to run is up\./)
  expect(stdout).toMatch(/iterations, seed 3/)
  expect(exitCode).toBe(0)
  const report = JSON.parse(await readFile(path.join(dir.folder, 'report.json'), 'utf8'))
  expect(report).toMatchObject({ seed: 3, validationFailures: [], testErrors: [] })
})

it('ends with 1 when the cluster does not become healthy', async () => {
  await using dir = await project({
    'topology.json': {
      nodes: [{ prefix: 'Node', type: 'Type', count: 3 }],
      applications: [],
    },
  })
  const none = ['--max-cluster-stabilization', '0']
  const words = ['chaos', 'run', '--time-to-run', '2', '--topology', 'topology.json', ...none, ...brisk]
  const { exitCode, stdout } = await dir.squall(words)
  expect(stdout).toContain('failed validations')
  expect(exitCode).toBe(1)
})

it('rehearses an hour in virtual time, the same for the same seed', async () => {
  await using dir = await project()
  const rehearse = async (seed: number) => {
    const words = ['chaos', 'rehearse', '--seed', String(seed), '--time', '3600', '--json', ...brisk]
    const { stdout, exitCode } = await dir.squall([...words, '--max-concurrent-faults', '4'])
    expect(exitCode).toBe(0)
    return JSON.parse(stdout)
  }
  const first = await rehearse(1)
  expect(first.tally.iterations).toBeGreaterThan(50)
  expect(first.violations).toEqual([])
  expect(await rehearse(1)).toEqual(first)
  expect(await rehearse(2)).not.toEqual(first)
})

it('rehearses a week of a schedule', async () => {
  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
  const schedule = {
    StartDate: '2000-01-01T00:00:00.000Z',
    ExpiryDate: '2100-01-01T00:00:00.000Z',
    ChaosParametersDictionary: [{ Key: 'calm', Value: { WaitTimeBetweenIterationsInSeconds: 600 } }],
    Jobs: [
      {
        ChaosParameters: 'calm',
        Days: Object.fromEntries(days.map((day) => [day, true])),
        Times: [{ StartTime: { Hour: 10, Minute: 0 }, EndTime: { Hour: 11, Minute: 0 } }],
      },
    ],
  }
  await using dir = await project({ 'schedule.json': schedule })
  const words = ['chaos', 'rehearse', '--schedule', 'schedule.json', '--time', '604800']
  const { stderr, exitCode } = await dir.squall(words, { timeout: 60_000 })
  expect(stderr.match(/Started with seed/g)).toHaveLength(7)
  expect(exitCode).toBe(0)
})

it('lists targets and explains choices', async () => {
  await using dir = await project()
  expect((await dir.squall(['chaos', 'targets'])).stdout).toContain('simulated')
  const { stdout } = await dir.squall(['chaos', 'explain', '--seed', '1', '--max-concurrent-faults', '2'])
  expect(stdout).toMatch(/Roll 1, .*\nRoll 2, /)
  const entity = await dir.squall(['chaos', 'explain', '--entity', 'node BackEnd1'])
  expect(entity.stdout).toContain('node BackEnd1  restart-node: yes')
})

it('serves, and is spoken to by its own client', { timeout: 60_000 }, async () => {
  await using dir = await project()
  await using server = await ChaosServer.create()
  await server.start()
  const client = (...words: string[]): Promise<Ended> =>
    dir.squall(['chaos', ...words, '--server', server.url])
  expect(await client('get')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"Stopped"') })
  const own = ['--seed', '99', '--store', server.store, '--include-kinds', 'restart-replica']
  expect((await client('start', ...own, ...brisk)).exitCode).toBe(0)
  const again = await client('start', ...brisk)
  expect(again).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('(FABRIC_E_CHAOS_ALREADY_RUNNING) Chaos is already running'),
  })
  const follow = dir.squall(['chaos', 'events', '--follow', '--json', '--server', server.url])
  await new Promise((resolve) => setTimeout(resolve, 3500))
  follow.kill('SIGINT')
  const lines = (await follow).stdout.split('\n').map((line) => JSON.parse(line))
  expect(new Set(lines.map((line) => JSON.stringify(line))).size).toBe(lines.length)
  const faults = lines.flatMap(({ Faults = [] }) => Faults)
  expect(faults.length).toBeGreaterThan(0)
  expect(faults.every((text: string) => text.startsWith('ActionType: RestartReplica'))).toBe(true)
  expect((await client('explain', '--store', server.store)).stdout).toContain('with seed 99')
  expect((await client('stop')).exitCode).toBe(0)
  expect((await client('report')).stdout).toMatch(/RestartReplica +\d/)
  expect((await client('schedule', 'get')).stdout).toContain('"Version": 1')
})

describe('what is refused', () => {
  it.each([
    {
      words: ['serve', '--listen', '0.0.0.0:0', '--store', 'x'],
      exitCode: 2,
      says: 'needs --token or --client-ca',
    },
    { words: ['run', '--target', 'mars'], exitCode: 1, says: "No installed driver has the target 'mars'" },
    { words: ['run', '--target-option', 'nodes=3'], exitCode: 1, says: "Options of the target 'simulated'" },
    { words: ['run', '--context', '{'], exitCode: 2, says: '--context is no JSON' },
    { words: ['run', '--weights', 'much'], exitCode: 2, says: '--weights takes KIND=NUMBER' },
    { words: ['run', '--chaos-target-filter', '{}'], exitCode: 1, says: 'SQUALL_CHAOS_PARAMETER' },
    { words: ['run', '--topology', 'none.json'], exitCode: 1, says: 'SQUALL_SOURCE_UNREADABLE' },
    { words: ['events', '--since', 'yesterday'], exitCode: 2, says: '--since takes a time in ISO 8601' },
  ])('squall chaos $words', async ({ words, exitCode, says }) => {
    await using dir = await project()
    const ended = await dir.squall(['chaos', ...words])
    expect(ended.stderr).toContain(says)
    expect(ended.stderr).not.toMatch(/^\s+at /m)
    expect(ended.exitCode).toBe(exitCode)
  })
})
