import { portsDriver } from './ports-driver.ts'

export { systemPortTable } from './host/system-port-table.ts'
export { systemProcessTable } from './host/system-process-table.ts'
export type { Listener, PortQuery, PortTable } from './port-table.ts'
export { type PortsDriverOptions, portsDriver } from './ports-driver.ts'
export type { EndingSignal, ProcessFacts, ProcessTable, SignalDelivery, SignalName } from './process-table.ts'

export default portsDriver()
