import type { Hono } from 'hono'
import { reasonOf } from './lab-error.ts'
import { html, serviceApp } from './service-app.ts'

/** What came back from another service. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** The service that shows the data: it asks the gateway for it, not the data source. */
export function showDataApp(pid: number, askGateway: () => Promise<Answer>): Hono {
  return serviceApp('showdata', pid, {
    '/': async (context) => {
      try {
        const { status, body } = await askGateway()
        if (status === 200 || status === 503) return html(context, body, status)
        return html(context, `The gateway answered with status ${status}.`, 500)
      } catch (error) {
        return html(context, `The gateway cannot be reached: ${reasonOf(error)}.`, 500)
      }
    },
  })
}
