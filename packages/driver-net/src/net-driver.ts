import { defineDriver } from '@squall/contract'
import { blackholeRoute, linkDown } from './activities/links.ts'
import { dropPackets, resetPackets } from './activities/packets.ts'
import { partition } from './activities/partition.ts'
import { disableProxy, enableProxy, getProxy, listProxies, reset } from './activities/proxies.ts'
import { disturbPackets, limitBandwidth } from './activities/queues.ts'
import { startProxy } from './activities/start-proxy.ts'
import { addToxic, removeToxic, updateToxic } from './activities/toxics.ts'
import { aliases } from './chaostoxi/aliases.ts'
import { chaostoxi } from './chaostoxi/chaostoxi.ts'
import { undoMakeProxyAgain, undoRestoreProxy } from './chaostoxi/undo-proxy-changes.ts'
import type { NetSystem } from './net-system.ts'
import { undoLinkUp, undoRemoveQdisc, undoRemoveRoute, undoRemoveTables } from './undo-kernel.ts'
import {
  undoRemoveProxy,
  undoRemoveToxic,
  undoRestoreProxies,
  undoRestoreToxic,
  undoSetEnabled,
} from './undo-proxies.ts'

/** Makes the driver over a machine. */
export function netDriver(system: NetSystem) {
  return defineDriver({
    name: 'net',
    contract: 1,
    summary:
      'Faults on the wire: through a proxy that speaks the API of Toxiproxy, or in network namespaces.',
    platforms: ['linux', 'darwin'],
    privileges: ['root on Linux, for faults in the kernel only'],
    activities: {
      start_proxy: startProxy(system),
      add_toxic: addToxic(system),
      update_toxic: updateToxic(system),
      remove_toxic: removeToxic(system),
      disable_proxy: disableProxy(system),
      enable_proxy: enableProxy(system),
      reset: reset(system),
      list_proxies: listProxies(system),
      get_proxy: getProxy(system),
      drop_packets: dropPackets(system),
      reset_packets: resetPackets(system),
      partition: partition(system),
      limit_bandwidth: limitBandwidth(system),
      disturb_packets: disturbPackets(system),
      link_down: linkDown(system),
      blackhole_route: blackholeRoute(system),
      ...chaostoxi(system),
    },
    undo: {
      remove_proxy: undoRemoveProxy(system),
      remove_toxic: undoRemoveToxic(system),
      restore_toxic: undoRestoreToxic(system),
      set_enabled: undoSetEnabled(system),
      restore_proxies: undoRestoreProxies(system),
      restore_proxy: undoRestoreProxy(system),
      make_proxy_again: undoMakeProxyAgain(system),
      remove_tables: undoRemoveTables(system),
      remove_qdisc: undoRemoveQdisc(system),
      link_up: undoLinkUp(system),
      remove_route: undoRemoveRoute(system),
    },
    aliases,
  })
}
