import { runGateway } from '../host/run-gateway.ts'

await runGateway()
