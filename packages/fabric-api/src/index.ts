export { fabricApi } from './fabric-api.ts'
export type { ChaosPort, FabricApiOptions } from './fabric-api-options.ts'
export { type FabricServer, type ServeOptions, serveFabricApi, type TlsOptions } from './host/serve.ts'
