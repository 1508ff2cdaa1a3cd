import type { ControlType, Discoverer, Driver, Notifier, Resolver } from '@squall/contract'
import { LawBroken } from '../law.ts'
import type { ControlAddress } from './deed.ts'

export function controlOf(driver: Driver, address: ControlAddress): ControlType {
  const found =
    'control' in address ? driver.controls?.[address.control] : driver.providers?.[address.type]?.controls
  return found ?? missing(driver, `control ${JSON.stringify(address)}`)
}

export function resolverOf(driver: Driver, name: string): Resolver {
  return driver.resolvers?.[name] ?? missing(driver, `resolver '${name}'`)
}

export function notifierOf(driver: Driver, name: string): Notifier {
  return driver.notifiers?.[name] ?? missing(driver, `notifier '${name}'`)
}

export function discovererOf(driver: Driver): Discoverer {
  return driver.discoverer ?? missing(driver, 'discoverer')
}

function missing({ name }: Driver, what: string): never {
  throw new LawBroken(`The driver '${name}' has no ${what}.`)
}
