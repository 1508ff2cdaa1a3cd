import type { HookName } from '@squall/contract'

/** The exported functions that are hooks, in JavaScript's spelling and in the one of Chaos Toolkit (spec 17.2). */
export const hookFunctions: Readonly<Record<HookName, readonly [string, string]>> = {
  'before-loader': ['beforeLoading', 'before_loading_experiment_control'],
  'after-loader': ['afterLoading', 'after_loading_experiment_control'],
  'before-experiment': ['beforeExperiment', 'before_experiment_control'],
  'after-experiment': ['afterExperiment', 'after_experiment_control'],
  'before-hypothesis': ['beforeHypothesis', 'before_hypothesis_control'],
  'after-hypothesis': ['afterHypothesis', 'after_hypothesis_control'],
  'before-method': ['beforeMethod', 'before_method_control'],
  'after-method': ['afterMethod', 'after_method_control'],
  'before-rollback': ['beforeRollback', 'before_rollback_control'],
  'after-rollback': ['afterRollback', 'after_rollback_control'],
  'before-activity': ['beforeActivity', 'before_activity_control'],
  'after-activity': ['afterActivity', 'after_activity_control'],
}

/** What a module may export besides hooks, spelled likewise. */
export const lifeCycleFunctions = {
  validate: ['validate', 'validate_control'],
  configure: ['configure', 'configure_control'],
  cleanup: ['cleanup', 'cleanup_control'],
} as const
