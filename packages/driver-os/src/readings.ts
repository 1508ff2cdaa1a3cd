/** What the machine as a whole shows. */
export interface Readings {
  /** Number of cores that squall may use. */
  readonly cores: number
  /** CPU time of each core since it began, in milliseconds. */
  cpuTimes(): readonly CpuTimes[]
  /** Processes that run or wait to, over 1, 5 and 15 minutes. */
  loadAverages(): readonly [number, number, number]
  memory(): Promise<Memory>
  /** Bytes a new process could take, as far as limits of its group allow. */
  availableMemory(): number
  mounts(): Promise<readonly Mount[]>
  /** Bytes and operations since the machine started. */
  diskTraffic(): Promise<DiskTraffic>
  /** What went through each network interface since it came up. */
  networkTraffic(): Promise<readonly NetworkTraffic[]>
  processes(): Promise<readonly ListedProcess[]>
}

export interface CpuTimes {
  readonly user: number
  readonly system: number
  readonly idle: number
}

/** Bytes. */
export interface Memory {
  readonly total: number
  readonly available: number
  readonly swapTotal: number
  readonly swapUsed: number
}

export interface Mount {
  readonly device: string
  readonly type: string
  readonly mount: string
  readonly total: number
  readonly used: number
  readonly available: number
}

export interface DiskTraffic {
  readonly readBytes: number
  readonly writtenBytes: number
  readonly reads: number
  readonly writes: number
}

export interface NetworkTraffic {
  readonly name: string
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receiveErrors: number
  readonly sendErrors: number
  readonly receiveDropped: number
  readonly sendDropped: number
}

export interface ListedProcess {
  readonly pid: number
  readonly parent: number
  readonly name: string
  readonly command: string
  readonly user: string
  readonly state: string
  /** Bytes. */
  readonly resident: number
}
