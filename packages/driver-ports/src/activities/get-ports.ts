import { defineProbe } from '@squall/contract'
import { z } from 'zod'
import { readPortFile } from '../port-file.ts'

export function getPorts() {
  return defineProbe({
    summary: 'Lists the ports of a port file.',
    args: z.strictObject({ port_file_path: z.string().min(1).describe('File with one port per line.') }),
    result: z.array(z.number()),
    run: async ({ port_file_path }, { directory }) => [...(await readPortFile(port_file_path, directory))],
  })
}
