/** The two services of which there may be many instances. */
export type Service = 'datasource' | 'showdata'

/** Everything the lab runs. */
export type LabProgram = Service | 'gateway' | 'keeper'

export const services: readonly Service[] = ['datasource', 'showdata']

/** How many ports belong to a service: its base port and the nine after it. */
export const rangeSize = 10

export const dataSourceText = '{"data":"Handle the get http request method"}\n'

export const portsFileName: Readonly<Record<Service, string>> = {
  datasource: 'dataSourcePort.txt',
  showdata: 'dataShowPort.txt',
}

/** What the gateway says when nobody answers for a service. */
export const unavailableText: Readonly<Record<Service, string>> = {
  datasource: 'There is no DataSourceService available.',
  showdata: 'There is no ShowDataService available.',
}

export function isService(program: LabProgram): program is Service {
  return program === 'datasource' || program === 'showdata'
}

/** The ports of a range, beginning at the `first`-th and going round, so that instances do not all try the same one. */
export function portsFrom(base: number, first = 0): number[] {
  return Array.from({ length: rangeSize }, (_, step) => base + ((first + step) % rangeSize))
}
