import { runShowData } from '../host/run-showdata.ts'

await runShowData()
