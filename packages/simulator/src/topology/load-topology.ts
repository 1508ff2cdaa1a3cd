import { readFile } from 'node:fs/promises'
import { SquallError } from '@squall/contract'
import { parseTopology } from './parse-topology.ts'
import type { Topology } from './topology.ts'

/** Reads a topology file. Throws `SQUALL_SOURCE_UNREADABLE` or `SQUALL_TOPOLOGY_INVALID`. */
export async function loadTopology(file: string): Promise<Topology> {
  return parseTopology(await textOf(file), file)
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SquallError(
      'SQUALL_SOURCE_UNREADABLE',
      { source: file, reason },
      { cause: error, hint: 'Check the path of the topology file.' },
    )
  }
}
