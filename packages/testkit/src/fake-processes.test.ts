import { beforeEach, describe, expect, it } from 'vitest'
import { FakeProcesses } from './fake-processes.ts'

const usual = (pid: number) => ({ pid, startedAt: `start of ${pid}`, isStopped: false, command: 'node' })
let processes: FakeProcesses<ReturnType<typeof usual>>
beforeEach(() => {
  processes = new FakeProcesses(usual)
  processes.run({ pid: 7, command: 'redis' })
})
const seven = { pid: 7, startedAt: 'start of 7' }

describe('a fake process table', () => {
  it('knows what runs, as usual where nothing else is said', () => {
    processes.run({ pid: 8 })
    expect(processes.list().map(({ pid, command }) => `${pid} ${command}`)).toEqual(['7 redis', '8 node'])
    expect(processes.identity(7)).toEqual(seven)
    expect(processes.find(9)).toBeNull()
    expect(processes.identity(9)).toBeNull()
  })

  it('freezes, continues and ends', () => {
    expect(processes.signal(seven, 'SIGSTOP')).toBe('sent')
    expect(processes.find(7)?.isStopped).toBe(true)
    processes.signal(seven, 'SIGCONT')
    expect(processes.find(7)?.isStopped).toBe(false)
    processes.signal(seven, 'SIGTERM')
    expect(processes.find(7)).toBeNull()
    expect(processes.signals).toEqual(['SIGSTOP 7', 'SIGCONT 7', 'SIGTERM 7'])
  })

  it('takes a later process of the same pid for another one', () => {
    processes.run({ pid: 7, startedAt: 'later' })
    expect(processes.signal(seven, 'SIGKILL')).toBe('gone')
    expect(processes.find(7)?.startedAt).toBe('later')
    expect(processes.signals).toEqual([])
  })

  it('lets a process ignore signals, and a test change the world at the last moment', () => {
    processes.run({ pid: 7, ignores: ['SIGTERM'] })
    expect(processes.signal(seven, 'SIGTERM')).toBe('sent')
    expect(processes.find(7)).not.toBeNull()
    processes.beforeSignal = (pid) => processes.end(pid)
    expect(processes.signal(seven, 'SIGKILL')).toBe('gone')
  })
})
