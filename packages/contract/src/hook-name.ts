/** Where a control acts. `loader` is before the experiment is known: only global controls act there. */
export type ControlLevel = 'loader' | 'experiment' | 'hypothesis' | 'method' | 'rollback' | 'activity'
export type HookName = `${'before' | 'after'}-${ControlLevel}`
