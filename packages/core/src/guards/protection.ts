import { isObject, type JsonObject, type JsonValue, SquallError, type Targets } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'

/** What no action may touch. */
export interface Protection {
  /** Globs (`*` any text, `?` one character) over the text of a target, such as `*nginx*`. */
  readonly patterns: readonly string[]
  readonly ports: readonly number[]
  /** Names of programs. */
  readonly processes: readonly string[]
  /** Names of the owners of processes. */
  readonly users: readonly string[]
}

export const nothingProtected: Protection = { patterns: [], ports: [], processes: [], users: [] }

const kinds = ['targets', 'ports', 'processes', 'users']

/**
 * `protect` of the settings and the patterns of the command line, put together. Throws `SQUALL_PROTECTION_UNCLEAR` for
 * what it does not understand: protection that is silently none would be worse than no run.
 */
export function protectionOf(settings: JsonObject, patterns: readonly string[] = []): Protection {
  const protect = settings['protect'] ?? {}
  if (!isObject(protect)) throw unclear(`is ${textOf(protect)}, which is no object`)
  const unknown = Object.keys(protect).find((key) => !kinds.includes(key))
  if (unknown !== undefined) throw unclear(`knows no '${unknown}'`)
  return {
    patterns: [...names(protect, 'targets'), ...patterns],
    ports: listed(protect, 'ports').map(portOf),
    processes: names(protect, 'processes'),
    users: names(protect, 'users'),
  }
}

export function isProtecting({ patterns, ports, processes, users }: Protection): boolean {
  return patterns.length + ports.length + processes.length + users.length > 0
}

/**
 * Why an action must not be played, or undefined when it may. What cannot be known is refused too: when in doubt, squall
 * does not act.
 */
export function refusalOf(targets: Targets, protection: Protection): string | undefined {
  if (!isProtecting(protection)) return undefined
  if ('unknown' in targets) return `what it touches cannot be known (${targets.unknown.replace(/\.$/, '')})`
  const rules = rulesOf(protection)
  for (const target of targets) {
    const rule = rules.find(({ matches }) => matches.test(target))
    if (rule) return `'${brief(target)}' is protected by ${rule.name}`
  }
  return undefined
}

const longest = 120

/** A command line may be long, and what stands at its end need not go into every journal. */
function brief(target: string): string {
  return target.length <= longest ? target : `${target.slice(0, longest - 1)}…`
}

interface Rule {
  readonly name: string
  readonly matches: RegExp
}

function rulesOf({ patterns, ports, processes, users }: Protection): Rule[] {
  return [
    ...patterns.map((pattern) => ({ name: `the pattern '${pattern}'`, matches: globOf(pattern) })),
    ...ports.map((port) => ({ name: `the port ${port}`, matches: portPattern(port) })),
    ...processes.map((name) => ({
      name: `the process name '${name}'`,
      matches: new RegExp(`(?<![\\w.-])${escaped(name)}(?:\\.exe)?(?![\\w.-])`),
    })),
    ...users.map((name) => ({
      name: `the user '${name}'`,
      matches: new RegExp(`\\bowned by ${escaped(name)}(?![\\w.-])`),
    })),
  ]
}

const schemeOf: Readonly<Record<number, string>> = { 80: 'http', 443: 'https' }

/** `:PORT`, and for the port that a scheme stands for an origin without one. */
function portPattern(port: number): RegExp {
  const scheme = schemeOf[port]
  const origin = scheme === undefined ? '' : `|\\b${scheme}://(?:\\[[^\\]]*\\]|[^/:\\s[\\]]+)(?![^/\\s])`
  return new RegExp(`:${port}(?!\\d)${origin}`)
}

function globOf(pattern: string): RegExp {
  return new RegExp(`^${escaped(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`, 's')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** One value stands for a list of one. */
function listed(protect: Record<string, unknown>, kind: string): JsonValue[] {
  const value = (protect[kind] ?? []) as JsonValue
  return Array.isArray(value) ? value : [value]
}

function names(protect: Record<string, unknown>, kind: string): string[] {
  return listed(protect, kind).map((name) => {
    if (typeof name === 'string' && name !== '') return name
    throw unclear(`has ${shown(name)} under '${kind}', which is no text`)
  })
}

function portOf(value: JsonValue): number {
  const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw unclear(`has ${shown(value)} under 'ports', which is no port`)
}

function shown(value: JsonValue): string {
  return textOf(value) || 'nothing'
}

function unclear(reason: string): SquallError {
  return new SquallError('SQUALL_PROTECTION_UNCLEAR', { reason })
}
