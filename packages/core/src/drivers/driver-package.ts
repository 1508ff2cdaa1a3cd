import type { Driver, DriverManifest } from '@squall/contract'

/** An installed driver, known by its manifest. Its code is loaded when it is first needed. */
export interface DriverPackage {
  /** The npm package name. */
  readonly name: string
  readonly version: string
  readonly manifest: DriverManifest
  /** The file that holds the driver; empty for a driver that was handed over as an object. */
  readonly file: string
  /** Where it was found, for messages. */
  readonly folder: string
  load(): Promise<Driver>
}
