import { readFileSync } from 'node:fs'
import { type JsonValue, SquallError } from '@squall/contract'

/** One story of the demo lab: how the lab is set up, the experiment, and how it must end. */
export interface Scenario {
  readonly name: string
  readonly about: string
  readonly lab: {
    readonly instances: number
    readonly keeper: boolean
    readonly recoverWithinMs?: number
    readonly recoverAfterMs?: number
  }
  readonly expect: 'completed' | 'deviated'
  readonly experiment: JsonValue
}

/** The scenarios that the build copied from `examples/`, in the order in which they are played. */
export function readScenarios(): Scenario[] {
  return JSON.parse(readFileSync(new URL('../scenarios.json', import.meta.url), 'utf8')) as Scenario[]
}

/** All scenarios, or the one of that name. Throws `SQUALL_USAGE` when there is none. */
export function chooseScenarios(name: string | undefined): Scenario[] {
  const all = readScenarios()
  const chosen = name === undefined ? all : all.filter((scenario) => scenario.name === name)
  if (chosen.length > 0) return chosen
  const hint = `The scenarios are ${all.map((scenario) => scenario.name).join(', ')}.`
  throw new SquallError('SQUALL_USAGE', { reason: `There is no scenario '${name}'.` }, { hint })
}
