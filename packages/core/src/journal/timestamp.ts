/** Writes milliseconds since the epoch as Python's `isoformat()` in UTC: microseconds, and none when they are 0. */
export function timestamp(milliseconds: number): string {
  const micros = Math.round(milliseconds * 1000)
  const seconds = Math.floor(micros / 1_000_000)
  const fraction = micros - seconds * 1_000_000
  const date = secondText(seconds)
  return fraction === 0 ? `${date}+00:00` : `${date}.${String(fraction).padStart(6, '0')}+00:00`
}

let lastSecond = Number.NaN
let lastText = ''

/** Thousands of activities share a second, and formatting a date is what costs. */
function secondText(seconds: number): string {
  if (seconds !== lastSecond) {
    lastText = new Date(seconds * 1000).toISOString().slice(0, 19)
    lastSecond = seconds
  }
  return lastText
}
