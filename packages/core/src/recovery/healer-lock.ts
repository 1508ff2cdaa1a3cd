import { promises } from 'node:fs'
import path from 'node:path'
import { type Clock, isObject, type ProcessIdentity } from '@squall/contract'

export interface HealerLockOptions {
  readonly self: ProcessIdentity
  /** Unique to this healer. */
  readonly token: string
  readonly isAlive: (process: ProcessIdentity) => boolean
  readonly clock: Clock
}

/** What came of asking for a lock. */
export type LockAnswer =
  | {
      readonly status: 'acquired'
      readonly lock: HealerLock
      readonly takenFrom: ProcessIdentity | undefined
    }
  | { readonly status: 'held'; readonly by: ProcessIdentity }
  /** The log is not there any more. */
  | { readonly status: 'gone' }

interface Claim {
  readonly healer: ProcessIdentity
  readonly token: string
  /** Its owner has finished. */
  readonly over?: true
}

interface Turn {
  readonly number: number
  readonly file: string
  /** Undefined where the file cannot be understood: then nobody holds it. */
  readonly claim: Claim | undefined
}

/** How often a healer shows that it is at work. */
const beatMs = 1000
/** A healer that has not shown itself for so long is looked at more closely. */
const quietMs = 10_000
/** It is frozen when it does not show itself in this time either. */
const lookMs = 3000

/**
 * Lets one healer at a time work on a log. Claims are numbered files, made in one step and never removed: the one with
 * the highest number counts, so the next number can be claimed by one healer only. That may be done when the one before
 * has finished, no longer runs, or is frozen. A frozen one that wakes asks `isMine` and so notices that it lost the log.
 */
export class HealerLock {
  /** Undefined where no claim can be written. */
  readonly #turn: Turn | undefined
  readonly #options: HealerLockOptions
  readonly #over = new AbortController()

  private constructor(turn: Turn | undefined, options: HealerLockOptions) {
    this.#turn = turn
    this.#options = options
    if (turn) void this.#beat(turn.file)
  }

  /** `takenFrom` is a healer that may still wake up. */
  static async acquire(folder: string, options: HealerLockOptions): Promise<LockAnswer> {
    for (;;) {
      const last = await lastTurn(folder)
      const holder = last && holderOf(last, options)
      if (last && holder && !(await isFrozen(last, options.clock))) return { status: 'held', by: holder }
      const next = turnAfter(last, folder, options)
      const made = await makeClaim(next, options.token)
      if (made === 'gone') return { status: 'gone' }
      if (made === 'taken') continue
      const lock = new HealerLock(made === 'made' ? next : undefined, options)
      return { status: 'acquired', lock, takenFrom: holder }
    }
  }

  /** Whether no other healer has taken the log over. */
  async isMine(): Promise<boolean> {
    if (!this.#turn) return true
    const numbers = await turnNumbers(path.dirname(this.#turn.file))
    return numbers.at(-1) === this.#turn.number
  }

  /** Lets the next healer have the log, if it is still there. */
  async release(): Promise<void> {
    this.#over.abort()
    if (!this.#turn) return
    const { file, claim } = this.#turn
    const aside = asideOf(file, this.#options.token)
    try {
      await promises.writeFile(aside, JSON.stringify({ ...claim, over: true }), { mode: 0o600 })
      await promises.rename(aside, file)
    } catch {
      // The log was put away, or the disk is full: the end of this process releases it too.
      await promises.rm(aside, { force: true }).catch(() => undefined)
    }
  }

  async #beat(file: string): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#over
    while (!signal.aborted) {
      const now = clock.now() / 1000
      // A file that is gone shows in `isMine`.
      await promises.utimes(file, now, now).catch(() => undefined)
      await clock.sleep(beatMs, signal).catch(() => undefined)
    }
  }
}

/** The files by which healers take turns. */
export function isLockFile(name: string): boolean {
  return name.startsWith('healer-')
}

const pattern = /^healer-(\d+)\.lock$/

async function turnNumbers(folder: string): Promise<number[]> {
  const names = await promises.readdir(folder).catch(() => [])
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

async function lastTurn(folder: string): Promise<Turn | undefined> {
  const number = (await turnNumbers(folder)).at(-1)
  if (number === undefined) return undefined
  const file = fileOf(folder, number)
  return { number, file, claim: await readClaim(file) }
}

function turnAfter(last: Turn | undefined, folder: string, { self, token }: HealerLockOptions): Turn {
  const number = (last?.number ?? 0) + 1
  return { number, file: fileOf(folder, number), claim: { healer: self, token } }
}

function fileOf(folder: string, number: number): string {
  return path.join(folder, `healer-${number}.lock`)
}

function asideOf(file: string, token: string): string {
  return `${file}.${token}`
}

function holderOf({ claim }: Turn, { isAlive }: HealerLockOptions): ProcessIdentity | undefined {
  return claim && !claim.over && isAlive(claim.healer) ? claim.healer : undefined
}

/** What is broken has to be mended also where no claim can be written; twice is safe. */
const unwritable = ['ENOSPC', 'EDQUOT', 'EROFS']

/** A whole claim appears at once or not at all: it is written aside and then linked into place. */
async function makeClaim(
  { file, claim }: Turn,
  token: string,
): Promise<'made' | 'taken' | 'gone' | 'unwritable'> {
  const aside = asideOf(file, token)
  try {
    await promises.writeFile(aside, JSON.stringify(claim), { mode: 0o600 })
    await promises.link(aside, file)
    return 'made'
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return 'taken'
    if (code === 'ENOENT') return 'gone'
    if (unwritable.includes(code)) return 'unwritable'
    throw error
  } finally {
    await promises.unlink(aside).catch(() => undefined)
  }
}

async function readClaim(file: string): Promise<Claim | undefined> {
  try {
    const claim: unknown = JSON.parse(await promises.readFile(file, 'utf8'))
    return isObject(claim) && isObject(claim['healer']) ? (claim as unknown as Claim) : undefined
  } catch {
    // Damaged, or put away meanwhile.
    return undefined
  }
}

/** Its file is not touched any more. A clock that jumped makes a file look old, so a second look decides. */
async function isFrozen({ file }: Turn, clock: Clock): Promise<boolean> {
  const touched = await touchedAt(file)
  if (touched === undefined || Math.abs(clock.now() - touched) < quietMs) return false
  await clock.sleep(lookMs)
  return (await touchedAt(file)) === touched
}

/** Milliseconds since the epoch; undefined when the file is gone. */
async function touchedAt(file: string): Promise<number | undefined> {
  return promises.stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
}
