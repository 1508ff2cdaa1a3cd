import { showDataApp } from '../showdata-app.ts'
import { httpGetWithin } from './http-get.ts'
import { listen } from './listen.ts'
import { runProgram } from './run-program.ts'

/** More than the gateway takes to give up on all data sources, less than it waits for this service. */
const patienceMs = 1500

export function runShowData(): Promise<void> {
  return runProgram('showdata', (call) => {
    const app = showDataApp(process.pid, () => httpGetWithin(patienceMs, call.dataUrl))
    return listen(app, call.ports)
  })
}
