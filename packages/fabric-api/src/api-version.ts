import { FabricError } from './fabric-error.ts'

/** Which api-versions an operation takes, as decimals; both ends included. */
export interface VersionRange {
  readonly from: number
  readonly to?: number
}

/** Refuses a missing or unsuitable `api-version`; a suffix `-preview` is ignored (8). Throws `FabricError`. */
export function checkApiVersion(
  text: string | undefined,
  { from, to = Number.POSITIVE_INFINITY }: VersionRange,
): void {
  const [, decimal] = /^(\d+(?:\.\d+)?)(?:-preview)?$/.exec(text ?? '') ?? []
  const version = Number(decimal)
  if (decimal !== undefined && version >= from && version <= to) return
  const range =
    to === Number.POSITIVE_INFINITY ? `${from.toFixed(1)} or later` : `${from.toFixed(1)} to ${to.toFixed(1)}`
  throw new FabricError(
    'E_INVALIDARG',
    `This operation takes an api-version of ${range}, not '${text ?? ''}'.`,
  )
}
