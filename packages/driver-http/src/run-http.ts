import type { ActivityContext, JsonObject, ProviderCall } from '@squall/contract'
import { answerOutput } from './answer.ts'
import { converse } from './conversation.ts'
import { activityError } from './failure.ts'
import { firstExchange } from './first-exchange.ts'
import type { HttpWorld } from './http-world.ts'
import { limitsOf } from './limits.ts'
import { netrcOf } from './netrc-file.ts'
import { proxyFor } from './proxy-choice.ts'
import { shownUrl } from './request-url.ts'
import { retriesOf } from './retry.ts'
import { trustOf } from './trust.ts'

/** Carries an http activity out. */
export async function runHttp(
  world: HttpWorld,
  call: ProviderCall,
  context: ActivityContext,
): Promise<JsonObject> {
  const { provider, activity, hasTolerance } = call
  const { clock, log, signal } = context
  const { environment, transport } = world
  const request = firstExchange(provider, world.userAgent)
  try {
    const answer = await converse(request, {
      transport,
      clock,
      log,
      signal,
      limits: limitsOf(provider['timeout']),
      retries: retriesOf(provider['max_retries']),
      netrc: netrcOf(environment),
      trustFor: (url) => trustFor(url, provider['verify_tls'], environment),
      proxyFor: (url) => proxyFor(url, environment),
    })
    if (answer.status > 399 && !hasTolerance) warnOfStatus(answer.status, activity, context)
    return await answerOutput(answer)
  } catch (error) {
    throw activityError(error, shownUrl(request.url))
  }
}

async function trustFor(url: URL, verify: unknown, environment: HttpWorld['environment']) {
  return url.protocol === 'https:' ? trustOf(verify, environment) : { verify: true }
}

function warnOfStatus(status: number, activity: string, context: ActivityContext): void {
  context.log.warn(
    `'${activity}' was answered with status ${status}, which often means an error. The activity counts as succeeded: to have the status checked, give a probe a tolerance.`,
    { status },
  )
}
