import { LabError } from '../lab-error.ts'
import type { LabProgram } from '../service.ts'
import { ownerOfPort } from './port-owner.ts'

/** Says which ports are taken and, as far as it can be known, by whom. */
export async function portsBusyError(program: LabProgram, ports: readonly number[]): Promise<LabError> {
  const owners = await Promise.all(ports.map(described))
  if (ports.length === 1) {
    return new LabError(
      'LAB_PORT_BUSY',
      `The ${program} cannot listen: port ${owners[0]}.`,
      'Take that lab down if it is one, end the process otherwise, or choose another port.',
    )
  }
  return new LabError(
    'LAB_RANGE_FULL',
    `The ${program} finds no free port: ${owners.join('; ')}.`,
    'End some of these processes, or choose another base port.',
  )
}

async function described(port: number): Promise<string> {
  const owner = await ownerOfPort(port)
  return owner ? `${port} is taken by process ${owner.pid} (${owner.command})` : `${port} is taken`
}
