/**
 * The next point of a grid that begins at 0, counted in periods: the first one after `last` that is not over yet. What is
 * missed is skipped, so that nothing drifts and nothing is made up for.
 */
export function nextPoint(last: number, elapsed: number, period: number): number {
  // A timer may fire a little early, which must not make the same point come twice.
  return period > 0 ? Math.max(last + 1, Math.ceil(elapsed / period)) : last
}
