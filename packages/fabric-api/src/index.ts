export { type ChaosPort, type FabricApiOptions, fabricApi } from './fabric-api.ts'
export { type FabricServer, type ServeOptions, serveFabricApi, type TlsOptions } from './host/serve.ts'
