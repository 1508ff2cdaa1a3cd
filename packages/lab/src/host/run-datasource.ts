import { dataSourceApp } from '../datasource-app.ts'
import { listen } from './listen.ts'
import { runProgram } from './run-program.ts'

export function runDataSource(): Promise<void> {
  return runProgram('datasource', (call) => listen(dataSourceApp(process.pid), call.ports))
}
