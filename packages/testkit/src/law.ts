/** A plain case for any test runner: `for (const law of driverLaws(...)) it(law.name, law.check)`. */
export interface Law {
  /** Unique among the laws of a driver: what it is about, then what must hold. */
  readonly name: string
  /** Resolves when the law holds. Rejects with `LawBroken`, or with what the driver or its sample threw. */
  readonly check: () => Promise<void>
}

/** What a law rejects with when the driver breaks it, or when its sample is incomplete. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken'
}
