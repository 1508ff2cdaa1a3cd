import type { Hono } from 'hono'
import { dataSourceText } from './service.ts'
import { serviceApp } from './service-app.ts'

/** The service that has the data. */
export function dataSourceApp(pid: number): Hono {
  return serviceApp('datasource', pid, {
    '/': (context) => context.body(dataSourceText, 200, { 'content-type': 'application/json' }),
  })
}
