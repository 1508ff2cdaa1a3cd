/** With two decimals, 0 to 100; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0) return 0
  return rounded(Math.min(100, Math.max(0, (part / whole) * 100)))
}

/** To two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
