import type { JsonValue, LiveDocument } from '@squall/contract'

/** A document of a run as hooks see it: its revision grows with what they change in place. */
export class LawDocument<Value extends JsonValue = JsonValue> implements LiveDocument<Value> {
  readonly value: Value
  #revision = 1
  #text: string

  constructor(value: Value) {
    this.value = value
    this.#text = JSON.stringify(value)
  }

  get revision(): number {
    const text = JSON.stringify(this.value)
    if (text !== this.#text) this.#revision += 1
    this.#text = text
    return this.#revision
  }
}
