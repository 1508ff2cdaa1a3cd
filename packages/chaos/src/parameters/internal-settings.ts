/** What reserved keys of a run's context switch (2.5). Absent members keep their default. */
export interface InternalSettings {
  readonly faultsSystemServices: boolean
  /** Tries at a consistent snapshot. */
  readonly snapshotTries?: number
  readonly forcesMoves: boolean
  /** Whether a filter may name what the cluster does not have. */
  readonly allowsUnknownTargets: boolean
  /** Weights and ratios by their name, such as `NodeFaultActionWeight`. */
  readonly figures: Readonly<Partial<Record<FigureName, number>>>
}

const figureNames = [
  'NodeFaultActionWeight',
  'ServiceFaultActionWeight',
  'RestartNodeFaultWeight',
  'StartStopNodeFaultWeight',
  'RestartReplicaFaultWeight',
  'RemoveReplicaFaultWeight',
  'RestartCodePackageFaultWeight',
  'MovePrimaryFaultWeight',
  'MoveSecondaryFaultWeight',
  'MoveInstanceFaultWeight',
  'MinLiveNodesRatio',
  'MinLiveSeedNodesRatio',
] as const
export type FigureName = (typeof figureNames)[number]

/** With what a reserved key begins. */
export const reservedPrefix = 'ServiceFabric_Chaos_Internal_Context_Key_'

/** Reads the reserved keys of a context. A value that cannot be read leaves the default in force. */
export function internalSettings(context: Readonly<Record<string, string>>): InternalSettings {
  const value = (name: string): string | undefined => context[reservedPrefix + name]
  const tries = figure(value('MaxNumberOfRetriesInGetClusterSnapshotAction'))
  const figures = figureNames.flatMap((name) => {
    const read = figure(value(name))
    return read === undefined ? [] : [[name, read] as const]
  })
  return {
    faultsSystemServices: value('Should_Fault_System_Services')?.toLowerCase() === 'true',
    forcesMoves: value('Enable_Force_Move_Of_Replica') !== undefined,
    allowsUnknownTargets: value('DisableInputValidationForChaosTargetFilter') !== undefined,
    figures: Object.fromEntries(figures),
    ...(tries !== undefined && { snapshotTries: Math.max(1, Math.trunc(tries)) }),
  }
}

function figure(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const number = Number(text)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}
