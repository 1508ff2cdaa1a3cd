import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process that outlives the runner and heals what it leaves behind. */
export interface Watchdog {
  readonly pid: number
  /** Whether it has been killed, so that nobody watches any more. */
  isGone(): boolean
  /** Tells it that the run ended properly; resolves when it is gone. */
  dismiss(): Promise<void>
}

// The same two places hold in this package and in a bundle that carries it along.
const idle = fileURLToPath(new URL('./watchdog/idle.js', import.meta.url))
const healer = fileURLToPath(new URL('./watchdog/heal.js', import.meta.url))

/**
 * Starts the watchdog of a run and resolves once it watches. It has a session of its own, so it survives the runner's
 * process group and terminal.
 */
export async function startWatchdog(folder: string): Promise<Watchdog> {
  // What these options load, or wait for, is meant for the runner.
  const { NODE_OPTIONS: _options, ...env } = process.env
  const child = spawn(process.execPath, [idle, healer, folder], {
    cwd: '/',
    detached: true,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  await isReady(child)
  child.unref()
  unrefStreams(child)
  // It may be killed at any time; `isGone` tells.
  child.stdin?.on('error', () => undefined)
  return { pid: child.pid ?? 0, isGone: () => isGone(child), dismiss: () => dismiss(child) }
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('the watchdog ended at once')))
    child.stdout?.once('data', () => resolve())
  })
}

/** It must not keep a run from ending. */
function unrefStreams({ stdin, stdout }: ChildProcess): void {
  for (const stream of [stdin, stdout]) (stream as unknown as { unref?: () => void } | null)?.unref?.()
}

function isGone({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** One that is frozen cannot obey; what it watched over is settled, so it is ended. */
const obeysWithinMs = 2000

function dismiss(child: ChildProcess): Promise<void> {
  if (isGone(child)) return Promise.resolve()
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), obeysWithinMs)
    child.ref()
    child.once('exit', () => {
      clearTimeout(insist)
      resolve()
    })
    child.stdin?.end('farewell\n')
  })
}
