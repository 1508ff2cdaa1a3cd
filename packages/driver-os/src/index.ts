import { linuxSystem } from './host/linux-system.ts'
import { osDriver } from './os-driver.ts'

export default osDriver(linuxSystem)
