import { mkdir, readdir, rmdir, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LabError } from '../lab-error.ts'
import { isErrno } from './atomic-file.ts'
import { isRunning, markOfSelf } from './process-mark.ts'

const pollMs = 3
const patienceMs = 10_000
let claims = 0

/**
 * Runs `work` while no other process does so for the same folder. A process claims the lock with a file of its own
 * and holds it when it then sees no other claim; of two that see each other the one with the later name steps back.
 * Claims of dead processes do not count: their names say which process made them, so removing them is always right.
 */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const own = await takeLock(folder)
  try {
    return await work()
  } finally {
    await drop(folder, own)
  }
}

async function takeLock(folder: string): Promise<string> {
  const own = await newClaim()
  const givesUpAt = performance.now() + patienceMs
  let claimed = false
  for (;;) {
    const others = (await livingClaims(folder)).filter((claim) => claim !== own)
    if (claimed && others.length === 0) return own
    const stepsBack = others.some((other) => other < own)
    if (claimed && stepsBack) await drop(folder, own)
    claimed = claimed ? !stepsBack : others.length === 0 && (await claim(folder, own))
    if (performance.now() > givesUpAt) throw await givingUp(folder, own, others)
    if (others.length > 0) await sleep(pollMs * (1 + Math.random()))
  }
}

async function givingUp(folder: string, own: string, others: readonly string[]): Promise<LabError> {
  await drop(folder, own)
  return new LabError(
    'LAB_LOCKED',
    `The lab's records in '${folder}' have been locked for ${patienceMs / 1000} s by ${others.map(processOf).join(', ')}.`,
    'A process that is frozen while it writes holds the lock: continue it or end it.',
  )
}

/** Claims of processes that live. Those of dead ones are cleared away. */
async function livingClaims(folder: string): Promise<string[]> {
  const living: string[] = []
  for (const claim of await claimsIn(folder)) {
    if (await isRunning(markIn(claim))) living.push(claim)
    else await drop(folder, claim)
  }
  return living
}

async function claimsIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return []
    throw error
  }
}

/** Returns false when the folder was removed in that moment, by the last one to leave. */
async function claim(folder: string, own: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(path.join(folder, own), '')
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}

async function newClaim(): Promise<string> {
  const { pid, startedAt } = await markOfSelf()
  claims += 1
  return [pid, encodeURIComponent(startedAt), claims].join('@')
}

function markIn(claim: string): { pid: number; startedAt: string } {
  const [pid, startedAt = ''] = claim.split('@')
  return { pid: Number(pid), startedAt: decodeURIComponent(startedAt) }
}

function processOf(claim: string): string {
  return `process ${claim.split('@')[0]}`
}

async function drop(folder: string, claim: string): Promise<void> {
  await ignoreAbsence(unlink(path.join(folder, claim)))
}

/** Removes the folder of a lock nobody needs any more. */
export async function removeLock(folder: string): Promise<void> {
  // ENOTEMPTY: somebody waits for the lock, and the one who leaves last removes it.
  await ignoreAbsence(rmdir(folder), 'ENOTEMPTY', 'EEXIST')
}

async function ignoreAbsence(removing: Promise<void>, ...others: string[]): Promise<void> {
  try {
    await removing
  } catch (error) {
    if (!isErrno(error, 'ENOENT', ...others)) throw error
  }
}
