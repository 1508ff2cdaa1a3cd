import type { ActivityContext } from '@squall/contract'
import { endpointText } from './port-table.ts'
import { isSameProcess } from './process-table.ts'
import type { System } from './system.ts'
import { lineOf, type Victim, victimText } from './victim.ts'

/**
 * Names what would be touched. Where something is protected, in full: with the whole command line, and with the protected
 * ports and the owner where these matter, however the process was found.
 */
export async function targetTexts(
  victims: readonly Victim[],
  { ports, processes }: System,
  { guarded }: Pick<ActivityContext, 'guarded'>,
): Promise<readonly string[]> {
  if (!guarded) return victims.map(victimText)
  const held =
    guarded.ports.length > 0 ? await ports.listeners({ ports: guarded.ports, namespaces: 'all' }) : []
  const describe = async (victim: Victim): Promise<string> => {
    const facts = await processes.find(victim.pid)
    const mine = held.filter(({ holder }) => holder !== null && isSameProcess(holder, victim))
    const where = [...new Set([...victim.endpoints, ...mine].map(endpointText))].join(' and ')
    const uid = guarded.users.length > 0 ? (facts?.uid ?? null) : null
    const owner = uid === null ? '' : ` owned by ${processes.userName(uid)}`
    const command = facts === null ? victim.command : lineOf(facts)
    return `pid ${victim.pid} (${command})${owner}${where === '' ? '' : ` listening on ${where}`}`
  }
  return Promise.all(victims.map(describe))
}
