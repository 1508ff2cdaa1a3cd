/** etcd answered no, in its own words. */
export class EtcdRefusal extends Error {
  override readonly name = 'EtcdRefusal'
  readonly reason: string

  constructor(url: string, reason: string) {
    super(`${url} answers '${reason}'.`)
    this.reason = reason
  }

  /** A refusal of what would endanger the cluster now and may be fine in some seconds. */
  get isForNow(): boolean {
    return /unhealthy cluster|not enough started members|leader (transfer|changed)|no leader|too many requests|timed? ?out/i.test(
      this.reason,
    )
  }
}

/** No member answered in time. */
export class EtcdSilent extends Error {
  override readonly name = 'EtcdSilent'

  constructor(url: string, cause?: unknown) {
    const reason = cause instanceof Error ? `: ${cause.message}` : ''
    super(`${url} does not answer${reason}.`, cause === undefined ? {} : { cause })
  }
}

/** Something that was to come has not come in its time. */
export class WaitedTooLong extends Error {
  override readonly name = 'WaitedTooLong'
}

/** What a member says that is just ending: its front answers while what is behind has gone. */
const ending = /connection is closing|transport is closing|server (is )?stopped/i

/** What an answer other than the one asked for means, going by its words. */
export function failureOf(url: string, reason: string): EtcdRefusal | EtcdSilent {
  return ending.test(reason) ? new EtcdSilent(url, new Error(reason)) : new EtcdRefusal(url, reason)
}
