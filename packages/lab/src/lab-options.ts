import { LabError } from './lab-error.ts'
import { rangeSize } from './service.ts'

/** How a lab is made. */
export interface LabOptions {
  /** Folder for port files, gateway configuration and logs; made when it is missing. */
  readonly directory?: string | undefined
  /** Instances of each service, 1 to 10. Default 1. */
  readonly instances?: number | undefined
  /**
   * Process hosts over which continuous chaos sees the instances spread, 1 to 10: the n-th host has the n-th port of
   * each service. Default 5, or as many as there are instances.
   */
  readonly hosts?: number | undefined
  /** Whether a keeper replaces instances that die or freeze. Default false. */
  readonly keeper?: boolean | undefined
  /** Default 5000. */
  readonly gatewayPort?: number | undefined
  /** First of the ten ports of the data source service. Default 8080. */
  readonly dataSourcePort?: number | undefined
  /** First of the ten ports of the show data service. Default 8090. */
  readonly showDataPort?: number | undefined
  /**
   * Milliseconds the keeper has to restore the full number of healthy instances, counted from the moment it may act.
   * At least 1000, default 2000.
   */
  readonly recoverWithinMs?: number | undefined
  /** Milliseconds the keeper waits after it has seen an instance fail before it acts. Default 0. */
  readonly recoverAfterMs?: number | undefined
  /** Status of the gateway's answer when a service is not available. Default 200, as in the article. */
  readonly unavailableStatus?: 200 | 503 | undefined
  /** Where labs are recorded. Default: the `squall` folder in the user's state folder. */
  readonly stateFolder?: string | undefined
  /** Ends an unfinished start; nothing of it is left. */
  readonly signal?: AbortSignal | undefined
}

/** The options of a lab with the defaults filled in. */
export interface LabSettings {
  readonly instances: number
  readonly hosts: number
  readonly keeper: boolean
  readonly gatewayPort: number
  readonly dataSourcePort: number
  readonly showDataPort: number
  readonly recoverWithinMs: number
  readonly recoverAfterMs: number
  readonly unavailableStatus: 200 | 503
}

/** Fills in the defaults. Throws `LabError` for numbers that make no lab. */
export function labSettings(options: LabOptions): LabSettings {
  const settings: LabSettings = {
    instances: options.instances ?? 1,
    hosts: options.hosts ?? Math.max(5, options.instances ?? 1),
    keeper: options.keeper ?? false,
    gatewayPort: options.gatewayPort ?? 5000,
    dataSourcePort: options.dataSourcePort ?? 8080,
    showDataPort: options.showDataPort ?? 8090,
    recoverWithinMs: options.recoverWithinMs ?? 2000,
    recoverAfterMs: options.recoverAfterMs ?? 0,
    unavailableStatus: options.unavailableStatus ?? 200,
  }
  checkWhole('instances', settings.instances, 1, Number.MAX_SAFE_INTEGER)
  checkRangesFit(settings)
  checkWhole('hosts', settings.hosts, settings.instances, rangeSize)
  checkWhole('recoverWithinMs', settings.recoverWithinMs, 1000, 3_600_000)
  checkWhole('recoverAfterMs', settings.recoverAfterMs, 0, 3_600_000)
  return settings
}

function checkRangesFit(settings: LabSettings): void {
  checkWhole('gatewayPort', settings.gatewayPort, 1, 65_535)
  checkWhole('dataSourcePort', settings.dataSourcePort, 1, 65_536 - rangeSize)
  checkWhole('showDataPort', settings.showDataPort, 1, 65_536 - rangeSize)
  if (settings.instances > rangeSize) {
    throw new LabError(
      'LAB_RANGE_FULL',
      `${settings.instances} instances do not fit into the ${rangeSize} ports of a service.`,
      `Ask for at most ${rangeSize} instances.`,
    )
  }
  const ranges = [
    { name: 'the gateway', from: settings.gatewayPort, to: settings.gatewayPort },
    { name: 'the data source service', from: settings.dataSourcePort, to: settings.dataSourcePort + 9 },
    { name: 'the show data service', from: settings.showDataPort, to: settings.showDataPort + 9 },
  ]
  for (const [index, one] of ranges.entries()) {
    for (const other of ranges.slice(index + 1)) checkApart(one, other)
  }
}

interface PortRange {
  readonly name: string
  readonly from: number
  readonly to: number
}

function checkApart(one: PortRange, other: PortRange): void {
  if (one.to < other.from || other.to < one.from) return
  throw new LabError(
    'LAB_RANGES_OVERLAP',
    `The ports of ${one.name} (${written(one)}) and of ${other.name} (${written(other)}) overlap.`,
    `A service has its base port and the ${rangeSize - 1} after it: choose base ports further apart.`,
  )
}

function written(range: PortRange): string {
  return range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  const upTo = most === Number.MAX_SAFE_INTEGER ? 'up' : `to ${most}`
  throw new LabError('LAB_OPTION', `'${name}' is ${value}.`, `Give a whole number from ${least} ${upTo}.`)
}
