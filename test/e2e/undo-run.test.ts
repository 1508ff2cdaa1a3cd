import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'

const program = path.join(import.meta.dirname, 'undo-run', 'fault.mjs')

interface Stage {
  readonly child: ChildProcess
  readonly trace: string
  readonly runs: string
}

/** Starts the program and waits until it has registered its undo. */
async function harm(): Promise<Stage> {
  const root = await mkdtemp(path.join(tmpdir(), 'squall-undo-run-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const trace = path.join(root, 'trace')
  const env = { ...process.env, XDG_STATE_HOME: root }
  const child = spawn(process.execPath, [program, trace], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', reject)
  })
  return { child, trace, runs: path.join(root, 'squall', 'runs') }
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once('exit', resolve))
}

async function untilMended({ trace, runs }: Stage): Promise<void> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline && !(existsSync(trace) && (await readdir(runs)).length === 0))
    await sleep(50)
}

it('undoes when it is settled', async () => {
  const stage = await harm()
  expect(existsSync(stage.trace)).toBe(false)
  stage.child.stdin?.end()
  await gone(stage.child)
  expect(await readFile(stage.trace, 'utf8')).toBe('mend one\n')
  expect(await readdir(stage.runs)).toEqual([])
})

it('is undone by its watchdog when its process is killed', async () => {
  const stage = await harm()
  stage.child.kill('SIGKILL')
  await gone(stage.child)
  await untilMended(stage)
  expect(await readFile(stage.trace, 'utf8')).toBe('mend one\n')
  expect(await readdir(stage.runs)).toEqual([])
})
