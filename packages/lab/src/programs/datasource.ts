import { runDataSource } from '../host/run-datasource.ts'

await runDataSource()
