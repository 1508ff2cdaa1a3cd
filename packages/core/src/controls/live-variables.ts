import type { JsonObject, JsonValue } from '@squall/contract'
import { makeVariables, type Variables } from '../configuration/substitute.ts'
import { copyJson } from '../run/json-result.ts'

/** Variables whose values controls may change: what a later lookup finds is what they are then. */
export class LiveVariables implements Variables {
  readonly configuration: JsonObject
  readonly secrets: JsonObject
  readonly step: Variables['step']
  #current: Variables | undefined

  constructor({ configuration, secrets, step }: Variables) {
    this.step = step
    // What a control changes here must not change the declarations in the experiment.
    this.configuration = copyJson(configuration)
    this.secrets = copyJson(secrets)
  }

  get empty(): boolean {
    return this.#now.empty
  }

  lookup(name: string): JsonValue | undefined {
    return this.#now.lookup(name)
  }

  /** Something was changed: the table of names is made anew when it is next asked. */
  forget(): void {
    this.#current = undefined
  }

  get #now(): Variables {
    this.#current ??= makeVariables(this.configuration, this.secrets)
    return this.#current
  }
}
