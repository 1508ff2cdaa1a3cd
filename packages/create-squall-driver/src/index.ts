export { type CreatedDriver, type CreateOptions, createDriver } from './create-driver.ts'
export { type DriverNames, driverNames } from './driver-names.ts'
export { NotCreated } from './not-created.ts'
