import { system } from './host/system.ts'
import { netDriver } from './net-driver.ts'

export default netDriver(system)
