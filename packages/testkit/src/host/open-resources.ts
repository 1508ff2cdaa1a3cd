import { readdirSync, readFileSync } from 'node:fs'
import { patience, until } from '../patience.ts'

/** What keeps this process alive, and its children, at one moment. */
export class OpenResources {
  readonly #kinds: ReadonlyMap<string, number>
  readonly #children: ReadonlySet<string>

  private constructor() {
    this.#kinds = countOf(process.getActiveResourcesInfo())
    this.#children = new Set(children())
  }

  static now(): OpenResources {
    // A standard stream is opened when it is first looked at, which some module of Node.js may do at any time.
    void [process.stdout, process.stderr]
    return new OpenResources()
  }

  /** What is open now and was not then, once there has been time to close it. */
  async leftBy(): Promise<readonly string[]> {
    let left: readonly string[] = []
    await until(() => {
      left = new OpenResources().#since(this)
      return left.length === 0
    }, patience.effect)
    return left
  }

  #since(before: OpenResources): readonly string[] {
    const kinds = [...this.#kinds].flatMap(([kind, count]) => {
      const more = count - (before.#kinds.get(kind) ?? 0)
      return more > 0 ? [`${more} ${kind}`] : []
    })
    return [...kinds, ...[...this.#children].filter((child) => !before.#children.has(child))]
  }
}

function countOf(kinds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Children by `/proc`, since one that is not waited for is no active resource. Other systems do not tell. */
function children(): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const [, name, parent] = /\((.*)\) \S (\d+) /s.exec(statOf(pid)) ?? []
      return Number(parent) === process.pid ? [`child ${pid} (${name})`] : []
    })
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // It ended while the list was read.
    return ''
  }
}
