import type { HookName } from '@squall/contract'

/** The Python function of each hook (spec 17.2). */
export const hookFunctions: Readonly<Record<HookName, string>> = {
  'before-loader': 'before_loading_experiment_control',
  'after-loader': 'after_loading_experiment_control',
  'before-experiment': 'before_experiment_control',
  'after-experiment': 'after_experiment_control',
  'before-hypothesis': 'before_hypothesis_control',
  'after-hypothesis': 'after_hypothesis_control',
  'before-method': 'before_method_control',
  'after-method': 'after_method_control',
  'before-rollback': 'before_rollback_control',
  'after-rollback': 'after_rollback_control',
  'before-activity': 'before_activity_control',
  'after-activity': 'after_activity_control',
}
