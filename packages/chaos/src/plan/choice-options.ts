import type { DriverFaultKind, FaultKind } from '@squall/contract'

/** What of a run is chosen outside the wire format: squall's own additions. */
export interface ChoiceOptions {
  readonly kinds?: KindChoice
  readonly exclude?: ExclusionLists
}

/** Which fault kinds a run uses, by name: the seven, and those of the driver. */
export interface KindChoice {
  /** Only these. Absent: all that the cluster offers. */
  readonly include?: readonly string[]
  /** All but these; stronger than `include`. */
  readonly exclude?: readonly string[]
  /**
   * Weights by kind (4.2: each service fault 100, `restart-node` 1 on a die of its own), and of the dice above them:
   * `node-faults` 40, `service-faults` 60, and `seven` 100, the face of Service Fabric's seven on the driver kinds' die.
   */
  readonly weights?: Readonly<Record<string, number>>
}

/** What is never touched, whatever the target filter includes; stronger than it. */
export interface ExclusionLists {
  readonly nodes?: readonly string[]
  readonly nodeTypes?: readonly string[]
  readonly applications?: readonly string[]
  readonly services?: readonly string[]
}

/** What a connected cluster can carry out: the members of `Cluster` of these names. */
export interface FaultOffer {
  /** @defaultValue all seven */
  readonly faults?: readonly FaultKind[]
  /** @defaultValue none */
  readonly kinds?: readonly DriverFaultKind[]
}
