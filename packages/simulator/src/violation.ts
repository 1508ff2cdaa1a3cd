/** Something that continuous chaos must never cause. */
export interface Violation {
  readonly kind: 'quorum-loss' | 'data-loss'
  /** Milliseconds of the cluster's clock. */
  readonly at: number
  readonly service: string
  readonly partition: string
  /** For a person: how many copies were left of how many. */
  readonly detail: string
}
