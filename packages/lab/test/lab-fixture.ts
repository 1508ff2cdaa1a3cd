import { mkdtempSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { type Lab, type LabOptions, type LabProgram, labDown, startLab } from '../src/index.ts'

/** State folder and files of the labs of one test file. */
export const scratch: string = mkdtempSync(path.join(os.tmpdir(), 'squall-lab-test-'))
export const stateFolder: string = stateFolderOf('state')
afterAll(async () => {
  // Also what a failed test has left.
  const folders = await readdir(scratch)
  for (const folder of folders) await labDown({ stateFolder: path.join(scratch, folder) })
  await rm(scratch, { recursive: true, force: true })
})

/** A folder in which labs are recorded apart from those of other tests; they are ended with the test file. */
export function stateFolderOf(name: string): string {
  return path.join(scratch, name)
}

/** Blocks of this size are chosen below the range from which systems take ports for clients. */
const blockSize = 30

export interface LabPorts {
  readonly gatewayPort: number
  readonly dataSourcePort: number
  readonly showDataPort: number
}

/** Ports for a lab of which none is in use. */
export async function freeLabPorts(): Promise<LabPorts> {
  for (;;) {
    const base = 12_000 + blockSize * Math.floor(Math.random() * 600)
    const block = Array.from({ length: blockSize }, (_, n) => base + n)
    if ((await Promise.all(block.map(isFree))).every(Boolean)) {
      return { gatewayPort: base, dataSourcePort: base + 10, showDataPort: base + 20 }
    }
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** A lab on ports of its own, recorded apart from those of the user. */
export async function testLab(options: LabOptions = {}): Promise<Lab> {
  return startLab({ ...(await freeLabPorts()), stateFolder, ...options })
}

export interface Got {
  readonly status: number
  readonly type: string | undefined
  readonly body: string
  readonly milliseconds: number
}

/** A request over a connection of its own. */
export function request(url: string, options: http.RequestOptions = {}): Promise<Got> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { agent: false, ...options }, async (response) => {
      let body = ''
      for await (const chunk of response) body += String(chunk)
      const { statusCode: status = 0, headers } = response
      resolve({ status, type: headers['content-type'], body, milliseconds: performance.now() - began })
    })
    sent.on('error', reject).end()
  })
}

/** Asks again and again until the answer is a true one; fails after `withinMs`. */
export async function until<Result>(ask: () => Promise<Result> | Result, withinMs: number): Promise<Result> {
  const givesUpAt = performance.now() + withinMs
  for (;;) {
    const result = await ask()
    if (result) return result
    if (performance.now() > givesUpAt) throw new Error(`not so within ${withinMs} ms`)
    await sleep(20)
  }
}

/** The living processes of one kind as the lab sees them, smallest port first. */
export async function running(lab: Lab, program: LabProgram) {
  const status = await lab.status()
  return (status?.processes ?? []).filter((one) => one.program === program && one.state !== 'dead')
}

export async function pidOf(lab: Lab, program: LabProgram): Promise<number> {
  const [first] = await running(lab, program)
  if (!first) throw new Error(`no ${program} runs`)
  return first.pid
}

export async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter(Boolean)
}

/** Whether a process runs; one that has ended but was not collected yet does not. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => 'x) Z')
  return !/\) [ZX]/.test(stat)
}

export const dataText = '{"data":"Handle the get http request method"}\n'
