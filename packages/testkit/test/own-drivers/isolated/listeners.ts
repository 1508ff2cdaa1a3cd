import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@squall/contract'
import type { Scene } from '../../../src/index.ts'
import { newFolder } from '../folder.ts'

const program = fileURLToPath(new URL('listener.js', import.meta.url))

interface Listener {
  readonly child: ChildProcess
  said(word: string): boolean
}

interface Wish {
  readonly ports?: readonly number[]
  /** Whether they ignore SIGTERM. */
  readonly stubborn?: boolean
  /** Whether they are frozen before the activity comes. */
  readonly paused?: boolean
}

/** Listeners of our own, one per port, and a file `ports.txt` that lists them. */
export async function listeners(
  input: (ports: readonly number[]) => JsonObject,
  { ports = [8080], stubborn = false, paused = false }: Wish = {},
): Promise<Scene> {
  const { folder, remove } = await newFolder()
  await writeFile(path.join(folder, 'ports.txt'), ports.map((port) => `${port}\n`).join(''))
  const all = await Promise.all(ports.map((port) => listener(port, stubborn)))
  if (paused) await Promise.all(all.map(pause))
  return {
    directory: folder,
    input: input(ports),
    look: () => Object.fromEntries(all.map((one, index) => [`port ${ports[index]}`, stateOf(one)])),
    underway: () => all.some((one) => one.said('asked')),
    cleanUp: async () => {
      await Promise.all(all.map(end))
      await remove()
    },
  }
}

async function listener(port: number, stubborn: boolean): Promise<Listener> {
  const args = [program, String(port), ...(stubborn ? ['stubborn'] : [])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let words = ''
  child.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString()
  })
  const one = { child, said: (word: string) => words.includes(word) }
  await until(() => one.said('ready') || one.said('failed') || child.exitCode !== null)
  if (!one.said('ready')) throw new Error(`The listener on ${port} is not ready: ${words}`)
  return one
}

async function pause(one: Listener): Promise<void> {
  one.child.kill('SIGSTOP')
  await until(() => stateOf(one) === 'paused')
}

async function end({ child }: Listener): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function stateOf({ child }: Listener): 'running' | 'paused' | 'gone' {
  try {
    const [, state = 'X'] = /\) (\w) /.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8')) ?? []
    if ('ZX'.includes(state)) return 'gone'
    return state === 'T' ? 'paused' : 'running'
  } catch {
    // It has ended and has been reaped.
    return 'gone'
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`Not within 10 s: ${isSo}`)
    await delay(3)
  }
}
