import type { Prompter } from '../src/wizard/prompter.ts'

/** Answers by a list: a text, a yes or no, or the label of what is chosen. Complains about a question too many. */
export class ScriptedPrompter implements Prompter {
  readonly questions: string[] = []
  readonly warnings: string[] = []
  readonly #answers: (string | boolean | readonly string[])[]

  constructor(answers: readonly (string | boolean | readonly string[])[]) {
    this.#answers = [...answers]
  }

  get unused(): number {
    return this.#answers.length
  }

  #next(question: string): string | boolean | readonly string[] {
    this.questions.push(question)
    const answer = this.#answers.shift()
    if (answer === undefined) throw new RangeError(`Nobody answers '${question}'.`)
    return answer
  }

  async text({ message, problemOf }: Parameters<Prompter['text']>[0]): Promise<string> {
    const text = String(this.#next(message))
    const problem = problemOf?.(text)
    if (problem === undefined) return text
    this.warnings.push(problem)
    return this.text({ message, ...(problemOf ? { problemOf } : {}) })
  }

  async confirm(message: string): Promise<boolean> {
    return this.#next(message) === true
  }

  async choose<Value>(message: string, answers: Parameters<Prompter['choose']>[1]): Promise<Value> {
    const label = this.#next(message)
    const answer = answers.find((known) => known.label === label)
    if (!answer) throw new RangeError(`'${message}' has no answer '${String(label)}'.`)
    return answer.value as Value
  }

  async chooseSome<Value>(message: string, answers: Parameters<Prompter['chooseSome']>[1]): Promise<Value[]> {
    const labels = this.#next(message)
    if (!Array.isArray(labels)) throw new TypeError(`'${message}' wants a list.`)
    return answers.filter(({ label }) => labels.includes(label)).map(({ value }) => value as Value)
  }

  say(): void {
    // Nobody reads it.
  }

  warn(text: string): void {
    this.warnings.push(text)
  }
}
