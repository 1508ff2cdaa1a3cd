import { parseArgs } from 'node:util'
import { readPorts } from '../port-ranges.ts'
import type { LabProgram } from '../service.ts'
import { LabRegistry } from './lab-registry.ts'
import { tagVariable } from './tagged-processes.ts'

/** How a program of the lab was called. */
export interface ProgramCall {
  readonly program: LabProgram
  /** The lab it belongs to; absent when it was started by hand. */
  readonly registry: LabRegistry | undefined
  readonly portsFile: string | null
  readonly tag: string | null
  /** Ports to try, in this order. */
  readonly ports: readonly number[]
  /** The file `conf/gateway.json` (gateway). */
  readonly config: string
  /** Where the data comes from (show data). */
  readonly dataUrl: string
  readonly unavailableStatus: 200 | 503
}

const options = {
  lab: { type: 'string' },
  'ports-file': { type: 'string' },
  ports: { type: 'string', default: '' },
  config: { type: 'string', default: './conf/gateway.json' },
  'data-url': { type: 'string', default: 'http://127.0.0.1:5000/getData' },
  'answer-503': { type: 'boolean', default: false },
} as const

export function readCall(program: LabProgram): ProgramCall {
  const { values } = parseArgs({ options })
  return {
    program,
    registry: values.lab === undefined ? undefined : new LabRegistry(values.lab),
    portsFile: values['ports-file'] ?? null,
    tag: process.env[tagVariable] ?? null,
    ports: readPorts(values.ports),
    config: values.config,
    dataUrl: values['data-url'],
    unavailableStatus: values['answer-503'] ? 503 : 200,
  }
}
