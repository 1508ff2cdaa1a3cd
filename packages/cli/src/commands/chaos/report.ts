import { table } from '../../terminal/table.ts'
import type { CommandContext } from '../command-context.ts'
import { chaosClient } from './chaos-client.ts'
import type { ServerOptions } from './chaos-options.ts'
import { type RangeOptions, rangeOf } from './event-range.ts'

/** `squall chaos report`: how many events of each kind, and how many faults. */
export async function reportCommand(
  options: ServerOptions & RangeOptions & { readonly json?: boolean },
  { terminal }: CommandContext,
): Promise<number> {
  const client = await chaosClient(options.server)
  const events = await client.events(rangeOf(options))
  const { Status: status } = await client.status()
  const faults = events.flatMap(({ Faults = [] }) =>
    Faults.map((text) => /^ActionType: (\w+)/.exec(text)?.[1] ?? text),
  )
  const report = {
    status: status ?? null,
    from: events[0]?.TimeStampUtc ?? null,
    until: events.at(-1)?.TimeStampUtc ?? null,
    events: counts(events.map(({ Kind }) => Kind)),
    faults: counts(faults),
  }
  if (options.json) terminal.out(`${JSON.stringify(report, null, 2)}\n`)
  else
    terminal.out(
      `${report.status}, ${report.from ?? '-'} to ${report.until ?? '-'}\n${rows(report.events)}${rows(report.faults)}`,
    )
  return 0
}

function counts(words: readonly string[]): Record<string, number> {
  const sorted = [...new Set(words)].sort()
  return Object.fromEntries(sorted.map((word) => [word, words.filter((other) => other === word).length]))
}

function rows(counted: Readonly<Record<string, number>>): string {
  return table(Object.entries(counted).map(([word, count]) => [`  ${word}`, String(count)]))
}
