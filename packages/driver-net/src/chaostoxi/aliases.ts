import type { Alias } from '@squall/contract'

const inNet = (...names: string[]): Alias['functions'] =>
  Object.fromEntries(names.map((name) => [name, { provider: 'net', func: `chaostoxi_${name}` }]))

/** The modules of the Python package chaostoolkit-toxiproxy. */
export const aliases: readonly Alias[] = [
  {
    provider: 'python',
    module: 'chaostoxi.proxy.actions',
    functions: inNet(
      'create_proxy',
      'modify_proxy',
      'disable_proxy',
      'enable_proxy',
      'delete_proxy',
      'reset',
    ),
  },
  {
    provider: 'python',
    module: 'chaostoxi.proxy.probes',
    functions: inNet('proxy_exist', 'get_proxy_attribute'),
  },
  {
    provider: 'python',
    module: 'chaostoxi.toxic.actions',
    functions: inNet(
      'create_toxic',
      'create_latency_toxic',
      'create_bandwith_degradation_toxic',
      'create_slow_connection_close_toxic',
      'create_timeout_toxic',
      'create_slicer_toxic',
      'create_limiter_toxic',
      'delete_toxic',
    ),
  },
]
