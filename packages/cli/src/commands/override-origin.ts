import type { ExplainOptions } from '@squall/core'
import type { CommandContext } from './command-context.ts'
import { readVariableFiles } from './variable-files.ts'
import { parseVariables, type VariableOptions } from './variables.ts'

/** Says which option of the command line gave a value: `--var` wins, and among files the last one that has it. */
export async function originsOf(
  options: VariableOptions,
  context: CommandContext,
): Promise<ExplainOptions['originOf']> {
  const given = parseVariables(options.var)
  const files: { file: string; values: Awaited<ReturnType<typeof readVariableFiles>> }[] = []
  for (const file of options.varFile)
    files.unshift({ file, values: await readVariableFiles([file], context) })
  return (section, name) => {
    if (section === 'configuration' && Object.hasOwn(given, name)) return '--var'
    const from = files.find(({ values }) => Object.hasOwn(values[section], name))
    return `--var-file ${from?.file ?? ''}`
  }
}
