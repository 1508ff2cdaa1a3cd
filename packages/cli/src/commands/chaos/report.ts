import { table } from '../../terminal/table.ts'
import type { CommandContext } from '../command-context.ts'
import type { ServerOptions } from './chaos-options.ts'
import { eventPages, type PageOptions, rangeOf, type WireEvent } from './event-pages.ts'
import { ServerClient } from './server-client.ts'

/** `squall chaos report`: how many events of each kind, and how many faults. */
export async function reportCommand(
  options: ServerOptions & PageOptions & { readonly json?: boolean },
  { terminal }: CommandContext,
): Promise<number> {
  const events: WireEvent[] = []
  const client = new ServerClient(options.server)
  for await (const page of eventPages(client, rangeOf(options))) events.push(...page)
  const { Status: status } = await client.get('/Tools/Chaos?api-version=6.2')
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
