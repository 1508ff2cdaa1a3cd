import { setTimeout as delay } from 'node:timers/promises'
import { BackendPool } from '../backend-pool.ts'
import { gatewayApp } from '../gateway-app.ts'
import { reasonOf } from '../lab-error.ts'
import { type Service, services } from '../service.ts'
import { GatewayConfigFile } from './gateway-config-file.ts'
import { httpGet, httpGetWithin } from './http-get.ts'
import { listen } from './listen.ts'
import type { ProgramCall } from './program-call.ts'
import type { ProgramLog } from './program-log.ts'
import { runProgram } from './run-program.ts'

const coolDownMs = 500
const lookPatienceMs = 250

export function runGateway(): Promise<void> {
  return runProgram('gateway', async (call, log) => {
    const pools = { datasource: new BackendPool(coolDownMs), showdata: new BackendPool(coolDownMs) }
    const config = new GatewayConfigFile(call.config, pools, log)
    const sweep = singleFlight(() => sweepLab(call, log))
    const app = gatewayApp({
      pid: process.pid,
      unavailableStatus: call.unavailableStatus,
      pools,
      ask: httpGet,
      sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
      now: () => performance.now(),
      beforeRequest: () => {
        config.follow()
        for (const service of services) lookAgain(service, pools[service], { log, sweep })
      },
      foundFailing: (service, url, reason) => {
        log(`${service} ${url} does not answer: ${reason}.`)
        sweep()
      },
    })
    return listen(app, call.ports)
  })
}

/** Looks at marked backends apart from the request at hand, so that no request pays for one that is still frozen. */
function lookAgain(service: Service, pool: BackendPool, on: { log: ProgramLog; sweep: () => void }): void {
  for (const url of pool.takeDue(performance.now())) {
    httpGetWithin(lookPatienceMs, new URL('/health', url).href).then(({ status }) => {
      if (status < 500 && pool.markAnswered(url)) on.log(`${service} ${url} answers again.`)
    }, on.sweep)
  }
}

/** Without a keeper nobody else notices that an instance died: its port must not stay listed. */
async function sweepLab(call: ProgramCall, log: ProgramLog): Promise<void> {
  try {
    await call.registry?.sweep()
  } catch (error) {
    log(`could not clear away dead instances: ${reasonOf(error)}`)
  }
}

function singleFlight(work: () => Promise<void>): () => void {
  let flying = false
  return () => {
    if (flying) return
    flying = true
    work().finally(() => {
      flying = false
    })
  }
}
