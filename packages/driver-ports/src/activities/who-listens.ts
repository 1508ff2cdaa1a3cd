import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { portArgument } from '../argument-types.ts'
import type { Listener } from '../port-table.ts'
import type { System } from '../system.ts'
import { commandText } from '../victim.ts'

const listener = z.object({
  pid: z.number().nullable().describe('Null when the process cannot be seen by this user.'),
  command: z.string().nullable(),
  port: z.number(),
  address: z.string(),
  user: z.string().nullable(),
  namespace: z.string().nullable().describe('Name of the network namespace when it is not that of squall.'),
})

export function whoListens(system: System) {
  return defineProbe({
    summary: 'Names every process that listens on a port.',
    args: z.strictObject({
      port: portArgument,
      other_namespaces: z
        .boolean()
        .default(false)
        .describe('Whether to look into other network namespaces (containers) as well. Linux only.'),
    }),
    result: z.array(listener),
    run: async ({ port, other_namespaces }) => {
      const namespaces = other_namespaces ? 'all' : 'own'
      const rows = await system.ports.listeners({ ports: [port], namespaces })
      const records = await Promise.all(rows.map((row) => recordOf(row, system)))
      return records.sort((a, b) => (a.pid ?? 0) - (b.pid ?? 0) || (a.address < b.address ? -1 : 1))
    },
  })
}

async function recordOf(row: Listener, { processes }: System): Promise<z.output<typeof listener>> {
  const { port, address, namespace, holder } = row
  const facts = holder && (await processes.find(holder.pid))
  const uid = facts?.uid ?? row.uid
  return {
    pid: holder?.pid ?? null,
    command: facts && commandText(facts),
    port,
    address,
    user: uid === null ? null : processes.userName(uid),
    namespace,
  }
}
