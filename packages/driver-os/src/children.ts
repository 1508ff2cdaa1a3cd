import type { ProcessIdentity } from '@squall/contract'

/** What a child of ours does. */
export type ChildWork =
  | { readonly kind: 'burn'; readonly percent: number; readonly seconds: number }
  | { readonly kind: 'hold'; readonly mebibytes: number; readonly seconds: number }
  | {
      readonly kind: 'program'
      readonly command: readonly [string, ...string[]]
      readonly directory: string
      readonly environment: Readonly<Record<string, string>>
    }

/** Programs that are started here and live on when squall is gone. Each bears a tag in its environment. */
export interface Children {
  /** Resolves once the child does what it is for. Rejects, and leaves none behind, when it cannot or is aborted. */
  start(work: ChildWork, tag: string, signal: AbortSignal): Promise<ProcessIdentity>
  /** Those with this tag that run. */
  find(tag: string): readonly ProcessIdentity[]
  /** Every one that runs, whoever started it. */
  all(): readonly { readonly pid: number; readonly tag: string }[]
}
