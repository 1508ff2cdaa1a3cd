/** Milliseconds as `hh:mm:ss`, with `d.` in front from one day on (7.1); what is below a second is left out. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const days = Math.floor(seconds / 86_400)
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
    .map(two)
    .join(':')
  return days > 0 ? `${days}.${clock}` : clock
}
