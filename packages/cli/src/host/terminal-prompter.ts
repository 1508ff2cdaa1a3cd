import { loadPrompts } from '../load-prompts.ts'
import { type Answer, type Prompter, WizardCancelled } from '../wizard/prompter.ts'

const window = 12

/** Longer lists are searched by typing. */
const longest = 7

/** A prompter that talks to the person at this terminal, on stderr: stdout is for results. */
export async function terminalPrompter(): Promise<Prompter> {
  const prompts = await loadPrompts()
  const common = { input: process.stdin, output: process.stderr }
  const taken = <Given>(answer: Given): Exclude<Given, symbol> => {
    if (prompts.isCancel(answer)) throw new WizardCancelled('Nothing was written.')
    return answer as Exclude<Given, symbol>
  }
  return {
    text: async ({ message, initial, placeholder, problemOf }) =>
      taken(
        await prompts.text({
          ...common,
          message,
          ...(initial === undefined ? {} : { initialValue: initial }),
          ...(placeholder === undefined ? {} : { placeholder }),
          validate: (text) => problemOf?.(text ?? ''),
        }),
      ) ?? '',
    confirm: async (message, initialValue) =>
      taken(await prompts.confirm({ ...common, message, initialValue })),
    choose: async (message, answers) => {
      const ask = answers.length > longest ? prompts.autocomplete : prompts.select
      return answerAt(
        answers,
        taken(await ask({ ...common, message, options: numbered(answers), maxItems: window })),
      )
    },
    chooseSome: async (message, answers) => {
      const asked = { ...common, message, options: numbered(answers), required: false, maxItems: window }
      return taken(await prompts.multiselect(asked)).map((index: number) => answerAt(answers, index))
    },
    say: (text) => prompts.log.info(text, common),
    warn: (text) => prompts.log.warn(text, common),
  }
}

function numbered(answers: readonly Answer<unknown>[]): { value: number; label: string; hint?: string }[] {
  return answers.map(({ label, hint }, value) => ({ value, label, ...(hint === undefined ? {} : { hint }) }))
}

function answerAt<Value>(answers: readonly Answer<Value>[], index: number): Value {
  const answer = answers[index]
  if (!answer) throw new RangeError(`There is no answer ${index}.`)
  return answer.value
}
