import { anchorsOf } from './anchors.ts'
import { base64Patterns } from './base64.ts'
import { Chain } from './chain.ts'
import { CutSecrets } from './cut-secrets.ts'
import type { Found } from './found-secret.ts'
import type { NamedSecret } from './named-secrets.ts'
import { textPattern } from './text-pattern.ts'

const nothing: readonly Found[] = []

interface Wanted {
  readonly secret: NamedSecret
  /** The value, and the lines of a key: it is often shown line by line. */
  readonly values: readonly string[]
  /** Made when it is first needed. */
  chains?: readonly Chain[]
}

/**
 * Finds secrets in texts, in whatever of their forms. One regular expression looks for a few characters of each; only
 * where these stand are the forms of that secret looked for.
 */
export class SecretFinder {
  readonly #wanted: readonly Wanted[]
  /** Those without an anchor, which are looked for in every text. */
  readonly #always: readonly Wanted[]
  readonly #anchors: RegExp | undefined
  readonly #byAnchor: ReadonlyMap<string, readonly Wanted[]>
  readonly #cut: CutSecrets

  constructor(secrets: readonly NamedSecret[]) {
    this.#wanted = secrets.map((secret) => ({ secret, values: valuesOf(secret) }))
    const anchored = this.#wanted.map((wanted) => ({ wanted, anchors: anchorsOf(wanted.values) }))
    this.#always = anchored.filter(({ anchors }) => !anchors).map(({ wanted }) => wanted)
    // The longest comes first: where it stands, the ones it begins with stand too.
    const anchors = [...new Set(anchored.flatMap((each) => each.anchors ?? []))].sort(
      (a, b) => b.length - a.length,
    )
    this.#anchors = anchors.length === 0 ? undefined : new RegExp(anchors.join('|'), 'g')
    this.#byAnchor = new Map(
      anchors.map((anchor) => [
        anchor,
        anchored
          .filter((each) => each.anchors?.some((other) => anchor.startsWith(other)))
          .map(({ wanted }) => wanted),
      ]),
    )
    this.#cut = new CutSecrets(secrets)
  }

  /** Whether a closer look is worth its time, also at texts that were put together as JSON. */
  mayStandIn(text: string): boolean {
    if (this.#always.length > 0 || this.#cut.mayStandIn(text)) return true
    if (!this.#anchors) return false
    this.#anchors.lastIndex = 0
    return this.#anchors.test(text)
  }

  /** Where secrets stand in a text: in order, and stretches that overlap made one. */
  find(text: string): readonly Found[] {
    if (!this.mayStandIn(text)) return nothing
    const found = [...this.#candidates(text)].flatMap((wanted) => occurrences(wanted, text))
    return merged([...found, ...this.#cut.find(text)])
  }

  #candidates(text: string): ReadonlySet<Wanted> {
    const candidates = new Set(this.#always)
    const anchors = this.#anchors
    if (!anchors) return candidates
    anchors.lastIndex = 0
    for (let match = anchors.exec(text); match; match = anchors.exec(text)) {
      for (const wanted of this.#byAnchor.get(match[0]) ?? []) candidates.add(wanted)
      if (candidates.size === this.#wanted.length) break
      // Another anchor may begin inside of this one.
      anchors.lastIndex = match.index + 1
    }
    return candidates
  }
}

/** A line of a key, not one of a configuration file, whose words stand in many other places too. */
const keyLine = /^\S{16,}$/

function valuesOf({ value }: NamedSecret): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim())
  return lines.length === 1 ? [value] : [value, ...lines.filter((line) => keyLine.test(line))]
}

function occurrences(wanted: Wanted, text: string): Found[] {
  const { secret, values } = wanted
  wanted.chains ??= [...values.map(textPattern), ...base64Patterns(secret.value)].map(
    (pieces) => new Chain(pieces),
  )
  return wanted.chains.flatMap((chain) => chain.find(text).map((stretch) => ({ ...stretch, secret })))
}

function merged(found: readonly Found[]): Found[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end)
  const result: Found[] = []
  for (const next of sorted) {
    const last = result.at(-1)
    if (last && next.start < last.end) result[result.length - 1] = joined(last, next)
    else result.push(next)
  }
  return result
}

function joined(a: Found, b: Found): Found {
  const longer = b.end - b.start > a.end - a.start ? b : a
  return { start: a.start, end: Math.max(a.end, b.end), secret: longer.secret }
}
