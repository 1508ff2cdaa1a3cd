/** In periods; a point is missed only when it is over for longer, since timers are late on a busy machine. */
const patience = 0.25

/**
 * The next point of a grid that begins at 0, counted in periods: the first one after `last` that is not missed yet. What is
 * missed is skipped, so that nothing drifts and nothing is made up for.
 */
export function nextPoint(last: number, elapsed: number, period: number): number {
  // A timer may fire a little early, which must not make the same point come twice.
  return period > 0 ? Math.max(last + 1, Math.ceil(elapsed / period - patience)) : last
}
