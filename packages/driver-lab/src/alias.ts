import type { Alias } from '@squall/contract'

const inPorts = (func: string) => ({ provider: 'ports', func })
const inLab = (func: string) => ({ provider: 'lab', func })

/** The Python module of the article: what is about ports belongs to the driver `ports`. */
export const alias: Alias = {
  provider: 'python',
  module: 'chaostkex.experiment',
  functions: {
    test: inLab('test'),
    kill_services: inPorts('kill_services'),
    kill_services_by_ports: inPorts('kill_services_by_ports'),
    get_ports: inPorts('get_ports'),
    start_datasource_service: inLab('start_datasource_service'),
    start_showdata_service: inLab('start_showdata_service'),
  },
}
