/**
 * Adds to a measured row its ratio to the yardstick and what the limit says: `kept`, `broken`, or none where there is
 * no limit. A limit is on the `ratio`, or on the `value` itself.
 */
export function judge(row, limit) {
  const ratio = row.yardstick && row.value / row.yardstick.value
  if (!limit) return { ...row, ratio }
  const isKept = 'ratio' in limit ? ratio <= limit.ratio : row.value <= limit.value
  return { ...row, ratio, limit, verdict: isKept ? 'kept' : 'broken' }
}
