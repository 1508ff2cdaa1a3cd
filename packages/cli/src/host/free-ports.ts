export interface LabPorts {
  readonly gatewayPort: number
  readonly dataSourcePort: number
  readonly showDataPort: number
}

/** The lab's usual ports where all of them are free, else the same ones some thousands higher. */
export async function freeLabPorts(): Promise<LabPorts> {
  for (let shift = 0; shift <= 50_000; shift += 1_000) {
    const ports = { gatewayPort: 5000 + shift, dataSourcePort: 8080 + shift, showDataPort: 8090 + shift }
    if (await areFree([ports.gatewayPort, ...range(ports.dataSourcePort), ...range(ports.showDataPort)]))
      return ports
  }
  throw new RangeError('No free range of ports was found for the lab.')
}

function range(base: number): number[] {
  return Array.from({ length: 10 }, (_, index) => base + index)
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  return (await Promise.all(ports.map(isFree))).every(Boolean)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = process.getBuiltinModule('node:net').createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
