import type { JsonValue } from './json.ts'

export interface Log {
  debug(message: string, fields?: Record<string, JsonValue>): void
  info(message: string, fields?: Record<string, JsonValue>): void
  warn(message: string, fields?: Record<string, JsonValue>): void
}
