import { appendFileSync } from 'node:fs'
import { jsonText, type RunEventReader } from '@squall/contract'
import { isoTime, localTime, now } from '../host/clock-text.ts'
import type { Terminal } from '../host/terminal.ts'
import { describeEvent, type Level } from './describe-event.ts'

const order: readonly Level[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']

/** Appends to a log file in the reference's layout. */
export function fileLog(file: string, lowest: string): RunEventReader {
  const from = Math.max(0, order.indexOf(lowest.toUpperCase() as Level))
  return (event) => {
    const line = describeEvent(event)
    if (!line || order.indexOf(line.level) < from) return
    const text = line.message.replaceAll('\n', '\n    ')
    appendFileSync(file, `[${localTime(event.time)} ${line.level}] [${event.type}:${event.seq}] ${text}\n`, {
      mode: 0o600,
    })
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

/** Writes every event as one line of JSON: the keys of the reference's JSON log, and the event itself. */
export function jsonLog(write: (line: string) => void, pid: number, context: string): RunEventReader {
  return (event) => {
    const line = describeEvent(event) ?? { level: 'DEBUG', message: event.type }
    write(
      `${jsonText({
        context_id: context,
        process: pid,
        asctime: localTime(event.time),
        levelname: line.level,
        module: event.type,
        lineno: event.seq,
        message: line.message,
        timestamp: isoTime(event.time),
        event,
      })}\n`,
    )
  }
}
