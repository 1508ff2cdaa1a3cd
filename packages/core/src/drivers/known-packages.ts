/** Packages of squall by the provider type they bring, for the message about a type that nobody provides. */
export const knownPackages: Readonly<Record<string, string>> = {
  addons: '@squall/driver-addons',
  chaos: '@squall/driver-chaos',
  etcd: '@squall/driver-etcd',
  fabric: '@squall/driver-fabric',
  http: '@squall/driver-http',
  inspector: '@squall/driver-inspector',
  lab: '@squall/driver-lab',
  net: '@squall/driver-net',
  node: '@squall/driver-node',
  os: '@squall/driver-os',
  ports: '@squall/driver-ports',
  process: '@squall/driver-process',
  python: '@squall/driver-python',
}

/** Packages of squall by the secrets they read: the `type` of a secret, `from` in configuration. */
export const knownResolvers: Readonly<Record<string, string>> = {
  vault: '@squall/driver-vault',
}
