import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statfsSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, expect, it } from 'vitest'
import { Act } from './act.ts'
import { cpuTime } from './cpu-time.ts'

/** What the probes answer, beside what the kernel itself says. */
const act = new Act(tmpdir())
afterEach(() => act.undo())

const meminfo = (key: string): number =>
  Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024

it('tells memory in bytes', async () => {
  const { total, available, used, percent, swap_total: swapTotal } = await act.run('memory', {})
  expect(total).toBe(meminfo('MemTotal'))
  expect(Math.abs(available - meminfo('MemAvailable'))).toBeLessThan(total / 5)
  expect(used).toBe(total - available)
  expect(percent).toBeCloseTo((used / total) * 100, 1)
  expect(swapTotal).toBe(meminfo('SwapTotal'))
})

it('tells the space of the disk of a path in bytes', async () => {
  const { total, available, percent } = await act.run('disk', { path: '.' })
  const { blocks, bsize, bavail } = statfsSync(tmpdir())
  expect(total).toBe(blocks * bsize)
  expect(Math.abs(available - bavail * bsize)).toBeLessThan(total / 10)
  expect(percent).toBeGreaterThan(0)
  expect(percent).toBeLessThanOrEqual(100)
})

it('tells the load averages of the kernel', async () => {
  const { one, five, fifteen } = await act.run('load', {})
  const [, kernelFive, kernelFifteen] = readFileSync('/proc/loadavg', 'utf8').split(' ').map(Number)
  expect(one).toBeGreaterThanOrEqual(0)
  expect(Math.abs(five - (kernelFive ?? 0))).toBeLessThan(1)
  expect(Math.abs(fifteen - (kernelFifteen ?? 0))).toBeLessThan(1)
})

it('tells the share of a core that one process got, over its window', async () => {
  const { pids } = await act.run('stress_cpu', { percent: 30, cores: 1, seconds: 60 })
  const [began, before] = [performance.now(), cpuTime(pids[0]).given]
  const { percent } = await act.run('process', { pid: pids[0], seconds: 2 })
  const kernel = ((cpuTime(pids[0]).given - before) / ((performance.now() - began) / 1000)) * 100
  // Both windows are of the same two seconds; ticks are of 10 ms.
  expect(percent).toBeGreaterThan(kernel * 0.8 - 2)
  expect(percent).toBeLessThan(kernel * 1.2 + 2)
})

it('tells how busy the cores were while it watched', async () => {
  const ticks = (): number[] =>
    (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1).map(Number)
  await act.run('stress_cpu', { percent: 40, cores: 1, seconds: 60 })
  const before = ticks()
  const { percent, cores } = await act.run('cpu', { seconds: 2 })
  const [user = 0, nice = 0, system = 0, idle = 0, , irq = 0] = ticks().map(
    (now, index) => now - (before[index] ?? 0),
  )
  const busy = user + nice + system + irq
  expect(Math.abs(percent - (busy / (busy + idle)) * 100)).toBeLessThan(10)
  expect(Math.max(...cores)).toBeGreaterThanOrEqual(percent)
})

it('tells what went through an interface each second', { timeout: 60_000 }, async () => {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const watching = act.run('network', { interface: 'lo', seconds: 3 })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  // systeminformation may keep the first reading for half a second.
  const sent = 40_000_000
  socket.end(Buffer.alloc(sent))
  await once(socket, 'close')
  const [row] = await watching
  server.close()
  expect(row.interface).toBe('lo')
  expect(row.received).toBeGreaterThan((sent / 3) * 0.5)
})

it('finds processes by their command line', async () => {
  const child = spawn('sleep', ['61.61'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const found = await act.run('processes', { match: 'sleep 61.61' })
  expect(found).toContainEqual(
    expect.objectContaining({ pid: child.pid, parent: process.pid, name: 'sleep' }),
  )
  child.kill('SIGKILL')
})
