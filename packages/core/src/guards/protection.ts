import { isObject, type JsonObject, type Targets } from '@squall/contract'

/** What no action may touch. */
export interface Protection {
  /** Globs (`*` any text, `?` one character) over the text of a target, such as `*nginx*`. */
  readonly patterns: readonly string[]
  readonly ports: readonly number[]
  /** Names of programs. */
  readonly processes: readonly string[]
}

/** `protect` of the settings and the patterns of the command line, put together. */
export function protectionOf(settings: JsonObject, patterns: readonly string[] = []): Protection {
  const declared = isObject(settings['protect']) ? (settings['protect'] as JsonObject) : {}
  const listed = (key: string): string[] => (Array.isArray(declared[key]) ? declared[key].map(String) : [])
  return {
    patterns: [...listed('targets'), ...patterns],
    ports: listed('ports').map(Number),
    processes: listed('processes'),
  }
}

export function isProtecting({ patterns, ports, processes }: Protection): boolean {
  return patterns.length + ports.length + processes.length > 0
}

/**
 * Why an action must not be played, or undefined when it may. What cannot be known is refused too: when in doubt, squall
 * does not act.
 */
export function refusalOf(targets: Targets, protection: Protection): string | undefined {
  if ('unknown' in targets) return `what it touches cannot be known (${targets.unknown.replace(/\.$/, '')})`
  const rules = rulesOf(protection)
  for (const target of targets) {
    const rule = rules.find(({ matches }) => matches.test(target))
    if (rule) return `'${target}' is protected by ${rule.name}`
  }
  return undefined
}

function rulesOf({ patterns, ports, processes }: Protection): { name: string; matches: RegExp }[] {
  return [
    ...patterns.map((pattern) => ({ name: `the pattern '${pattern}'`, matches: globOf(pattern) })),
    ...ports.map((port) => ({ name: `the port ${port}`, matches: new RegExp(`:${port}(?!\\d)`) })),
    ...processes.map((name) => ({
      name: `the process name '${name}'`,
      matches: new RegExp(`(?:^|[\\s(/])${escaped(name)}(?![\\w.-])`),
    })),
  ]
}

function globOf(pattern: string): RegExp {
  return new RegExp(`^${escaped(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`, 's')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
