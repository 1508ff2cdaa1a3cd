/**
 * The import cycles of a graph, each once, as a closed path: `['a', 'b', 'a']`.
 * `edges` maps every node to the nodes it imports. Of a knot of several cycles the shortest one is named.
 */
export function cyclesIn(edges) {
  const cycles = []
  const known = new Set()
  for (const start of [...edges.keys()].sort()) {
    if (known.has(start)) continue
    const cycle = shortestWayBack(start, edges)
    if (!cycle) continue
    cycles.push(cycle)
    for (const node of cycle) known.add(node)
  }
  return cycles
}

function shortestWayBack(start, edges) {
  const seen = new Set()
  let paths = [[start]]
  while (paths.length > 0) {
    const next = []
    for (const path of paths) {
      for (const target of edges.get(path.at(-1)) ?? []) {
        if (target === start) return [...path, start]
        if (seen.has(target)) continue
        seen.add(target)
        next.push([...path, target])
      }
    }
    paths = next
  }
  return undefined
}
