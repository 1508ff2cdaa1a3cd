/** How the engine behaves where the sources disagree or leave a choice (12). */
export interface EngineSettings {
  /**
   * Which checks hold faults back: all four of 3.3, or cluster health alone, as the original engine does.
   * @defaultValue `documented`
   */
  readonly gate: 'documented' | 'engine'
  /**
   * The wait after a failure: 30 minutes, or the wait between iterations doubled each time up to about an hour (3.4).
   * @defaultValue `documented`
   */
  readonly backoff: 'documented' | 'engine'
  /** Milliseconds before each try at a snapshot; the original's are 60,000 (3.5). @defaultValue 0 */
  readonly snapshotPauseMs: number
  /** Tries at a consistent snapshot. @defaultValue 15 */
  readonly snapshotTries: number
  /** Whether faults are only planned and recorded. @defaultValue false */
  readonly isDry: boolean
  /** The command that replays a run; `{seed}` stands for its seed. */
  readonly replay: string
}

export const defaultEngineSettings: EngineSettings = {
  gate: 'documented',
  backoff: 'documented',
  snapshotPauseMs: 0,
  snapshotTries: 15,
  isDry: false,
  replay: 'squall chaos run --seed {seed}',
}
