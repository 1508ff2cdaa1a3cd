import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const running = new Set()
process.on('exit', () => {
  for (const pid of running) killGroup(pid)
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

/**
 * Starts the command once for a case, in a process group of its own, sends it the case's signals, and ends the whole
 * group with it. Answers `{ exit, stdout, stderr, startError }`; `exit` is a number, a signal's name or "timeout".
 */
export async function runCli(words, { definition, folder, timeoutSeconds }) {
  const child = spawn(words[0], words.slice(1), {
    cwd: path.join(folder.work, definition.cwd ?? '.'),
    env: folder.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) {
    child[name].on('data', (chunk) => {
      output[name] += chunk
    })
  }
  running.add(child.pid)
  const state = { isOver: false, timedOut: false }
  const timer = setTimeout(() => {
    state.timedOut = true
    killGroup(child.pid)
  }, timeoutSeconds * 1000)

  const sending = sendSignals(child, definition, folder.work, state)
  const { code, signal, startError } = await endOf(child)
  state.isOver = true
  clearTimeout(timer)
  await sending
  await closeGroup(child)
  return { exit: state.timedOut ? 'timeout' : (signal ?? code), startError, ...output }
}

async function endOf(child) {
  try {
    const [code, signal] = await once(child, 'exit')
    return { code, signal }
  } catch (startError) {
    return { code: null, signal: null, startError }
  }
}

/** Each signal goes out a while after its file appeared, or after the one before it. */
async function sendSignals(child, { signal = [] }, work, state) {
  for (const { name, file, ms = 50, to } of [signal].flat()) {
    const marker = file && path.join(work, file)
    for (let n = 0; marker && n < 2000 && !state.isOver && !fs.existsSync(marker); n++) await sleep(10)
    await sleep(ms)
    if (state.isOver) return
    try {
      process.kill(to === 'group' ? -child.pid : child.pid, name)
    } catch {
      // It ended in between.
    }
  }
}

/** A grandchild may hold the pipes open: it gets a moment, then the group is stopped. */
async function closeGroup(child) {
  for (let n = 0; n < 20 && !(child.stdout.readableEnded && child.stderr.readableEnded); n++) await sleep(10)
  killGroup(child.pid)
  running.delete(child.pid)
  child.stdout.destroy()
  child.stderr.destroy()
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}
