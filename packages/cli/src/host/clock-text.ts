/** Local time as the reference's log lines have it: `2026-01-02 03:04:05`. */
export function localTime(milliseconds: number): string {
  const date = new Date(milliseconds)
  const two = (part: number): string => String(part).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function now(): number {
  return Date.now()
}
