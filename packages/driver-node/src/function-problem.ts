import { ActivityFailed } from '@squall/contract'

/** A function as the experiment names it. */
export interface FunctionName {
  readonly module: string
  readonly func: string
}

/** Why a function cannot be called, and which field of the provider says so. */
export class FunctionProblem extends ActivityFailed {
  readonly field: 'module' | 'func'

  constructor(field: 'module' | 'func', reason: string, hint: string, cause?: unknown) {
    super(reason, { hint, cause })
    this.field = field
  }
}

/** The error that says a module has no such function, and which ones it has. */
export function functionMissing(module: string, func: string, names: readonly string[]): FunctionProblem {
  const hint =
    names.length > 0 ? `It exports the functions ${names.join(', ')}.` : 'It exports no function: export one.'
  return new FunctionProblem('func', `'${module}' exports no function '${func}'.`, hint)
}

export function argumentsRefused(module: string, func: string, problems: string): ActivityFailed {
  return new ActivityFailed(`Arguments of '${func}' of '${module}': ${problems.replace(/\.$/, '')}.`, {
    hint: 'Correct the arguments, or the schema that the function carries in its `args`.',
  })
}
