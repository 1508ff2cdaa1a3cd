import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

const netns = fileURLToPath(new URL('../netns.sh', import.meta.url))
const isPossible = spawnSync('unshare', ['--net', '--pid', '--fork', '--mount-proc', 'true']).status === 0

describe.runIf(isPossible || process.env.SQUALL_REQUIRE_ALL === '1')('in a namespace', () => {
  it('ends with the exit code of the command', async () => {
    expect(await endOf(start('sh', '-c', 'exit 7'))).toBe(7)
  })

  it('shows the command its own processes only', async () => {
    const { line } = await started('echo /proc/[0-9]*')
    expect(line.split(' ').length).toBeLessThan(5)
  })

  it('has a loopback interface, and every port is free there', async () => {
    const outside = net.createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void outside.close())
    await once(outside, 'listening')
    const { port } = outside.address() as net.AddressInfo
    const listen = `require('net').createServer().listen(${port}, '127.0.0.1', () => process.exit(5))`
    expect(await endOf(start(process.execPath, '-e', listen))).toBe(5)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGUSR2'] as const)('hands %s on to the command', async (signal) => {
    const { child } = await started(
      `trap 'exit 9' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`,
    )
    child.kill(signal)
    expect(await endOf(child)).toBe(9)
  })

  it('ends a command that does not handle the signal', async () => {
    const { child } = await started('echo ready; exec sleep 1000')
    child.kill('SIGTERM')
    expect(await endOf(child)).toBe(143)
  })

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves nothing of it running after %s', async (signal) => {
    const { child, line: namespace } = await started(
      'setsid sleep 1000 & readlink /proc/self/ns/pid; exec sleep 1000',
    )
    expect(processesIn(namespace).length).toBeGreaterThan(2)
    child.kill(signal)
    await endOf(child)
    await vi.waitUntil(() => processesIn(namespace).length === 0, { timeout: 10_000 })
  })

  it('reaps orphans, so that a process that ended is gone', async () => {
    const orphan = `pid=$(sh -c 'sleep 0.01 >/dev/null & echo $!')`
    const watch =
      'for n in $(seq 200); do [ -e /proc/$pid ] || { echo gone; exit; }; sleep 0.05; done; echo zombie'
    const { line } = await started(`${orphan}; ${watch}`)
    expect(line).toBe('gone')
  })
})

describe('without the tools for a namespace', () => {
  it('says what is missing, and exits 2', () => {
    const { status, stderr } = spawnSync(netns, ['true'], {
      env: { PATH: onlyBash() },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toMatch(/setpriv: command not found.*NO_NS=1/s)
  })

  it('runs the command all the same when NO_NS=1', () => {
    const { stdout } = spawnSync(netns, ['bash', '-c', 'echo done'], {
      env: { PATH: onlyBash(), NO_NS: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
    expect(stdout).toBe('done\n')
  })
})

function start(...command: string[]): ChildProcess {
  const child = spawn(netns, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Starts a shell script and waits for its first line. */
async function started(script: string): Promise<{ child: ChildProcess; line: string }> {
  const child = start('sh', '-c', script)
  if (!child.stdout) throw new Error('The output is not piped.')
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, line: String(line) }
}

async function endOf(child: ChildProcess): Promise<number | string> {
  if (child.exitCode !== null) return child.exitCode
  const [code, signal] = await once(child, 'exit')
  return code ?? signal
}

function processesIn(namespace: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/ns/pid`) === namespace
    } catch {
      return false // It ended between the two calls.
    }
  })
}

/** A PATH on which there is a shell and nothing else. */
function onlyBash(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'squall-path-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync('/bin/bash', path.join(folder, 'bash'))
  return folder
}
