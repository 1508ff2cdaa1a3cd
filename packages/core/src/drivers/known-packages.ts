/** Packages of squall by the provider type they bring, for the message about a type that nobody provides. */
export const knownPackages: Readonly<Record<string, string>> = {
  http: '@squall/driver-http',
  inspector: '@squall/driver-inspector',
  lab: '@squall/driver-lab',
  node: '@squall/driver-node',
  ports: '@squall/driver-ports',
  process: '@squall/driver-process',
}
