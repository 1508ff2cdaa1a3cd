import type { NetSystem } from '../net-system.ts'
import { createProxy } from './create-proxy.ts'
import { deleteProxy } from './delete-proxy.ts'
import { modifyProxy, switchProxy } from './modify-proxy.ts'
import { getProxyAttribute, proxyExist } from './proxy-probes.ts'
import { resetProxies } from './reset-proxies.ts'
import { createToxic, deleteToxic, knownToxic } from './toxic-actions.ts'

/**
 * The functions of the Python package chaostoolkit-toxiproxy, with its arguments and answers. The API is where the
 * configuration says: `toxiproxy_url`, or `toxiproxy_host` and `toxiproxy_port`.
 */
export function chaostoxi(system: NetSystem) {
  return {
    chaostoxi_create_proxy: createProxy(system),
    chaostoxi_modify_proxy: modifyProxy(system),
    chaostoxi_disable_proxy: switchProxy(system, false),
    chaostoxi_enable_proxy: switchProxy(system, true),
    chaostoxi_delete_proxy: deleteProxy(system),
    chaostoxi_reset: resetProxies(system),
    chaostoxi_proxy_exist: proxyExist(system),
    chaostoxi_get_proxy_attribute: getProxyAttribute(system),
    chaostoxi_create_toxic: createToxic(system),
    chaostoxi_create_latency_toxic: knownToxic(system, 'latency', ['latency'], { jitter: 0 }),
    chaostoxi_create_bandwith_degradation_toxic: knownToxic(system, 'bandwidth', ['rate']),
    chaostoxi_create_slow_connection_close_toxic: knownToxic(system, 'slow_close', ['delay']),
    chaostoxi_create_timeout_toxic: knownToxic(system, 'timeout', ['timeout']),
    chaostoxi_create_slicer_toxic: knownToxic(system, 'slicer', ['average_size', 'size_variation', 'delay']),
    chaostoxi_create_limiter_toxic: knownToxic(system, 'limit_data', ['bytes_limit']),
    chaostoxi_delete_toxic: deleteToxic(system),
  }
}
