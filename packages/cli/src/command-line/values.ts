import { type RunPart, runParts } from '@squall/core'
import { InvalidArgumentError } from 'commander'

/** Collects an option that can be given several times. */
export const collect = (value: string, earlier: string[]): string[] => [...earlier, value]

export function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value) || value < 0)
    throw new InvalidArgumentError('It takes a number of seconds.')
  return value
}

/** Less leaves no room for the note that stands where something was cut. */
const leastBytes = 1024

export function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < leastBytes)
    throw new InvalidArgumentError(`It takes a number of bytes, ${leastBytes} or more.`)
  return value
}

export function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('It takes a port from 1 to 65535.')
  return value
}

export function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It takes a whole number.')
  return value
}

export function parts(text: string): RunPart[] {
  const named = text.split(',').map((part) => part.trim())
  const unknown = named.find((part) => !runParts.some((known) => known === part))
  if (unknown !== undefined) throw new InvalidArgumentError(`'${unknown}' is none of ${runParts.join(', ')}.`)
  return named as RunPart[]
}

/** Words joined by commas. */
export function list(text: string): string[] {
  return text.split(',').map((word) => word.trim())
}

export interface Address {
  readonly host: string
  readonly port: number
}

export function address(text: string): Address {
  const [, host = '', number = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? []
  const value = Number(number)
  if (host === '' || value > 65_535) throw new InvalidArgumentError('It takes HOST:PORT.')
  return { host: host.replace(/^\[|\]$/g, ''), port: value }
}
