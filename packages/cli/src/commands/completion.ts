import { makeProgram } from '../command-line/program.ts'
import { completeWords } from '../completion/complete-words.ts'
import { type Shell, scripts } from '../completion/scripts.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'

/** `squall completion SHELL`: the script for that shell. */
export function completionCommand(shell: Shell, { terminal }: CommandContext): number {
  terminal.out(scripts[shell])
  return 0
}

/** Prints what can stand for the last of the words, a line each: the word, a tab, what it means; `:files` for files. */
export async function completeWordsCommand(
  words: readonly string[],
  context: CommandContext,
): Promise<number> {
  const program = makeProgram('', async () => undefined)
  const { candidates, files, drivers } = completeWords(program, words)
  const named = drivers ? await driversLike(words.at(-1) ?? '', context) : []
  const lines = [...candidates, ...named].map(({ value, description }) => `${value}\t${description}\n`)
  context.terminal.out(`${lines.join('')}${files ? ':files\n' : ''}`)
  return 0
}

async function driversLike(
  start: string,
  context: CommandContext,
): Promise<{ value: string; description: string }[]> {
  const { drivers } = await registryOf(context, await settingsOf(context))
  return drivers
    .map(({ name, manifest }) => ({ value: name, description: manifest.summary }))
    .filter(({ value }) => value.startsWith(start))
}
