import { appendFileSync } from 'node:fs'
import { jsonText, type RunEventReader } from '@squall/contract'
import { isoTime, localTime, now } from '../host/clock-text.ts'
import type { Terminal } from '../host/terminal.ts'
import type { Level } from './describe-event.ts'
import { LogLines } from './log-lines.ts'

const order: readonly Level[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']

/** Appends to a log file in the reference's layout. The frequency is that of the continuous hypothesis, in seconds. */
export function fileLog(file: string, lowest: string, frequency: number): RunEventReader {
  const from = Math.max(0, order.indexOf(lowest.toUpperCase() as Level))
  const lines = new LogLines(frequency)
  return (event) => {
    const texts = lines
      .of(event)
      .filter(({ level }) => order.indexOf(level) >= from)
      .map(({ level, message }) => {
        const text = message.replaceAll('\n', '\n    ')
        return `[${localTime(event.time)} ${level}] [${event.type}:${event.seq}] ${text}\n`
      })
    if (texts.length > 0) appendFileSync(file, texts.join(''), { mode: 0o600 })
  }
}

/** Appends a line that belongs to no run. */
export function fileLine(file: string, lowest: string, message: string, level: Level): void {
  if (order.indexOf(level) < order.indexOf(lowest.toUpperCase() as Level)) return
  const text = message.replaceAll('\n', '\n    ')
  appendFileSync(file, `[${localTime(now())} ${level}] [squall:0] ${text}\n`, { mode: 0o600 })
}

/** A line of the same JSON log that belongs to no run. */
export function jsonLine(level: Level, message: string, { pid, contextId }: Terminal): string {
  const time = now()
  return `${JSON.stringify({
    context_id: contextId,
    process: pid,
    asctime: localTime(time),
    levelname: level,
    module: 'squall',
    lineno: 0,
    message,
    timestamp: isoTime(time),
  })}\n`
}

export interface JsonLogOptions {
  readonly write: (line: string) => void
  readonly pid: number
  /** The `context_id` of every line. */
  readonly context: string
  /** Seconds between the checks of a continuous hypothesis. */
  readonly frequency: number
}

/** Writes every event as lines of JSON with the keys of the reference's JSON log; the last one has the event itself. */
export function jsonLog({ write, pid, context, frequency }: JsonLogOptions): RunEventReader {
  const lines = new LogLines(frequency)
  return (event) => {
    const said = lines.of(event)
    const shown = said.length > 0 ? said : [{ level: 'DEBUG', message: event.type } as const]
    for (const [at, { level, message }] of shown.entries()) {
      const fields = {
        context_id: context,
        process: pid,
        asctime: localTime(event.time),
        levelname: level,
        module: event.type,
        lineno: event.seq,
        message,
        timestamp: isoTime(event.time),
      }
      write(`${jsonText(at === shown.length - 1 ? { ...fields, event } : fields)}\n`)
    }
  }
}
