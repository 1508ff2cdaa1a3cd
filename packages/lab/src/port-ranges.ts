/** Writes ports in the order given, runs of neighbours in short: `8081-8089,8080`. */
export function writePorts(ports: readonly number[]): string {
  const runs: { from: number; to: number }[] = []
  for (const port of ports) {
    const last = runs.at(-1)
    if (last && port === last.to + 1) last.to = port
    else runs.push({ from: port, to: port })
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** Reads what `writePorts` has written. */
export function readPorts(text: string): number[] {
  return text.split(',').filter(Boolean).flatMap(portsOfRun)
}

function portsOfRun(run: string): number[] {
  const [from = 0, to = from] = run.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_, n) => from + n)
}
