import { linuxSystem } from './host/linux-system.ts'
import { inspectorDriver } from './inspector-driver.ts'

export default inspectorDriver(linuxSystem)
