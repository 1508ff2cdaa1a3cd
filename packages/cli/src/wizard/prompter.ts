/** One of several answers. */
export interface Answer<Value> {
  readonly value: Value
  readonly label: string
  readonly hint?: string
}

/** Asks a person. Every question rejects with `WizardCancelled` when the person gives up. */
export interface Prompter {
  /** A line of text; asked again while `problemOf` finds something wrong with it. */
  text(question: {
    readonly message: string
    readonly initial?: string
    readonly placeholder?: string
    readonly problemOf?: (text: string) => string | undefined
  }): Promise<string>
  confirm(message: string, initial: boolean): Promise<boolean>
  /** One of a list; a long one can be searched. */
  choose<Value>(message: string, answers: readonly Answer<Value>[]): Promise<Value>
  /** Any number of a list, none included. */
  chooseSome<Value>(message: string, answers: readonly Answer<Value>[]): Promise<Value[]>
  say(text: string): void
  warn(text: string): void
}

export class WizardCancelled extends Error {
  override readonly name = 'WizardCancelled'
}
