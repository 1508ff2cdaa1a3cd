import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type GatewayConfig, parseGatewayConfig, withBackend, withoutBackend } from '../gateway-config.ts'
import { isLabError } from '../lab-error.ts'
import { gatewayConfigFile, portsFile } from '../lab-paths.ts'
import type { LabProcess } from '../lab-record.ts'
import { withoutPort, withPort } from '../port-lines.ts'
import { isService, type Service, services } from '../service.ts'
import { readIfPresent, replaceFile } from './atomic-file.ts'

/** Makes the files of a new lab. What an earlier lab left in them is dropped. */
export async function makeLabFiles(directory: string): Promise<void> {
  for (const folder of ['ports', 'conf', 'logs']) {
    await mkdir(path.join(directory, folder), { recursive: true })
  }
  await clearLabFiles(directory)
}

/** Empties port files and gateway configuration: nothing runs. */
export async function clearLabFiles(directory: string): Promise<void> {
  for (const service of services) await writeFile(portsFile(directory, service), '')
  await replaceFile(gatewayConfigFile(directory), configText({ datasource: [], datashow: [] }))
}

/** Lists an instance in its port file and with the gateway. The lab's lock must be held. */
export async function listInstance(directory: string, instance: LabProcess): Promise<void> {
  await changeListing(directory, instance, withPort, withBackend)
}

/** Takes an instance out of its port file and away from the gateway. The lab's lock must be held. */
export async function unlistInstance(directory: string, instance: LabProcess): Promise<void> {
  await changeListing(directory, instance, withoutPort, withoutBackend)
}

async function changeListing(
  directory: string,
  { service, port, portsFile }: LabProcess,
  changePorts: (text: string, port: number) => string,
  changeBackends: (config: GatewayConfig, service: Service, url: string) => GatewayConfig,
): Promise<void> {
  if (!isService(service) || port === null || portsFile === null) return
  await mkdir(path.dirname(portsFile), { recursive: true })
  await replaceFile(portsFile, changePorts((await readIfPresent(portsFile)) ?? '', port))
  const file = gatewayConfigFile(directory)
  const config = await readConfig(file)
  if (config) await replaceFile(file, configText(changeBackends(config, service, `http://127.0.0.1:${port}`)))
}

/** Undefined when somebody has removed the file or is in the middle of editing it: then it is left alone. */
async function readConfig(file: string): Promise<GatewayConfig | undefined> {
  const text = await readIfPresent(file)
  try {
    return text === undefined ? undefined : parseGatewayConfig(text, file)
  } catch (error) {
    if (isLabError(error)) return undefined
    throw error
  }
}

function configText(config: GatewayConfig): string {
  return `${JSON.stringify(config, null, 2)}\n`
}
