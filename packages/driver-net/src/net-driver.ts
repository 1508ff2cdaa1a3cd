import { defineDriver } from '@squall/contract'
import { disableProxy, enableProxy, getProxy, listProxies, reset } from './activities/proxies.ts'
import { startProxy } from './activities/start-proxy.ts'
import { addToxic, removeToxic, updateToxic } from './activities/toxics.ts'
import type { NetSystem } from './net-system.ts'
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
    summary: 'Faults on the wire, through a proxy that needs no root and speaks the API of Toxiproxy.',
    platforms: ['linux', 'darwin'],
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
    },
    undo: {
      remove_proxy: undoRemoveProxy(system),
      remove_toxic: undoRemoveToxic(system),
      restore_toxic: undoRestoreToxic(system),
      set_enabled: undoSetEnabled(system),
      restore_proxies: undoRestoreProxies(system),
    },
  })
}
