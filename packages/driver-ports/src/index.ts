import { portsDriver } from './ports-driver.ts'

export type { SignalDelivery } from '@squall/procfs'
export { systemPortTable } from './host/system-port-table.ts'
export { systemProcessTable } from './host/system-process-table.ts'
export type { Listener, PortQuery, PortTable } from './port-table.ts'
export { type PortsDriverOptions, portsDriver } from './ports-driver.ts'
export type { EndingSignal, ProcessFacts, ProcessTable, SignalName } from './process-table.ts'

export default portsDriver()
