import { isObject, type JsonObject } from '@squall/contract'
import { type ExplainedValue, explainConfiguration } from '@squall/core'
import { safe } from '../terminal/paint.ts'
import { table } from '../terminal/table.ts'
import type { CommandContext } from './command-context.ts'
import { originsOf } from './override-origin.ts'
import type { RunSubject } from './run-options.ts'
import type { VariableOptions } from './variables.ts'

/** `squall run --explain-config`: where each value comes from, secrets masked; 1 when one is missing. Runs nothing. */
export async function explainConfig(
  { loaded, drivers, overrides }: RunSubject,
  options: VariableOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context
  const declared = {
    configuration: sectionOf(loaded.raw, 'configuration'),
    secrets: sectionOf(loaded.raw, 'secrets'),
  }
  const values = explainConfiguration(declared, {
    environment: terminal.environment,
    overrides,
    originOf: await originsOf(options, context),
    isResolver: (type) => drivers.isResolver(type),
  })
  if (values.length === 0) terminal.err('The experiment declares no configuration and no secrets.\n')
  terminal.out(table([['NAME', 'VALUE', 'SOURCE'], ...values.map(rowOf)]))
  return values.some(({ problem }) => problem !== undefined) ? 1 : 0
}

function sectionOf(experiment: unknown, name: string): JsonObject {
  const section = isObject(experiment) ? experiment[name] : undefined
  return isObject(section) ? (section as JsonObject) : {}
}

const widest = 60

function rowOf({ name, value, source, problem }: ExplainedValue): string[] {
  const shown = value ?? (problem === undefined ? '-' : 'missing')
  const cut = shown.length > widest ? `${shown.slice(0, widest - 1)}…` : shown
  return [safe(name), safe(cut), safe(problem === undefined ? source : `${source}. ${problem}`)]
}
