import type { Random } from '@squall/contract'

/**
 * Those that may be chosen. Within an iteration flags are only added, so one that has dropped out never comes back: the
 * list is cleared of such only when chance hits one of them, which keeps many choices from a long list cheap.
 */
export class Candidates<Subject> {
  #list: readonly Subject[]
  readonly #isEligible: (subject: Subject) => boolean

  constructor(all: readonly Subject[], isEligible: (subject: Subject) => boolean) {
    this.#list = all.filter(isEligible)
    this.#isEligible = isEligible
  }

  /** One of the eligible, each equally likely; undefined, and no number drawn, when there is none. */
  pick(chance: Random): Subject | undefined {
    while (this.#list.length > 0) {
      const subject = this.#list[Math.floor(chance.next() * this.#list.length)] as Subject
      if (this.#isEligible(subject)) return subject
      this.#list = this.#list.filter(this.#isEligible)
    }
    return undefined
  }

  /** Whether any is left. */
  hasAny(): boolean {
    return this.#list.some(this.#isEligible)
  }
}
