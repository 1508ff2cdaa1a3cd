// Who may import whom, by folder below packages/. A package that is not here may not exist: add its row first.
//   imports    packages its source may import
//   optional   packages it may load with a dynamic import only: they are optional peers
//   names      packages that only its package.json names
//   tests      packages that only its tests may import
//   libraries  'none': no npm package either
//   never      libraries its source must have handed in instead
//   isBundled  it ships as a bundle, which holds its devDependencies too
const driver = { imports: ['contract'], contractIsPeer: true }
const processDriver = { ...driver, imports: ['contract', 'procfs'] }
const networkAndTerminal = [
  ...['@hono/node-server', 'commander', 'execa', 'hono', 'undici', 'ws'],
  ...['node:http', 'node:http2', 'node:https', 'node:net', 'node:readline', 'node:tls', 'node:tty'],
]

const rows = {
  contract: { imports: [], libraries: 'none' },
  'event-log': { imports: ['contract'] },
  procfs: { imports: ['contract'] },
  core: { imports: ['contract', 'event-log'], never: networkAndTerminal },
  chaos: { imports: ['contract', 'event-log'], tests: ['testkit', 'simulator'], never: networkAndTerminal },
  simulator: { imports: ['contract'] },
  'fabric-api': { imports: ['contract', 'chaos'], tests: ['simulator'] },
  report: { imports: ['contract'] },
  dashboard: { imports: ['contract'] },
  testkit: { imports: ['contract'], tests: ['driver-*', 'lab'] },
  lab: { imports: [] },
  cli: {
    imports: ['contract', 'core', 'chaos', 'simulator', 'fabric-api', 'report', 'dashboard'],
    optional: ['lab'],
    isBundled: true,
  },
  squall: { imports: ['contract', 'core', 'cli'], names: ['driver-*', 'lab'] },
  'create-squall-driver': { imports: ['contract'], names: ['testkit', 'cli'] },
  'driver-etcd': processDriver,
  'driver-inspector': processDriver,
  'driver-net': processDriver,
  'driver-os': processDriver,
  'driver-ports': processDriver,
  'driver-lab': { ...driver, imports: ['contract', 'lab'] },
  'driver-chaos': { ...driver, imports: ['contract', 'chaos'], tests: ['fabric-api', 'simulator'] },
  'driver-fabric': { ...driver, imports: ['contract', 'chaos'], tests: ['fabric-api', 'simulator'] },
}

/** The row of a package's folder, every list filled in; undefined when there is none. */
export function rowOf(folder) {
  const row = rows[folder] ?? (folder.startsWith('driver-') ? driver : undefined)
  return row && { optional: [], names: [], tests: [], never: [], ...row }
}

export function isListed(list, folder) {
  return list.some((entry) =>
    entry.endsWith('*') ? folder.startsWith(entry.slice(0, -1)) : entry === folder,
  )
}
