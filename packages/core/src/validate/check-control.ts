import { isObject, type JsonValue } from '@squall/contract'
import type { Path, Problems } from './problem.ts'

/** Checks the declarations of controls (spec 17.1). */
export function checkControls(controls: JsonValue | undefined, path: Path, problems: Problems): void {
  if (!controls) return
  if (!Array.isArray(controls)) {
    problems.error('controls-no-list', path, '`controls` must be a list.', 'Write each control as an object.')
    return
  }
  for (const [index, control] of controls.entries()) {
    const at = [...path, index]
    if (!isObject(control)) {
      problems.error('control-no-object', at, 'A control must be an object.', 'Write `name` and `provider`.')
      continue
    }
    if (!control['name'])
      problems.error('control-name-missing', at, 'The control has no name.', 'Give it a text under `name`.')
    if (!isObject(control['provider'])) {
      problems.error(
        'control-provider-missing',
        at,
        'The control has no provider.',
        'Add `provider` with its `type`.',
      )
    }
    const scope = control['scope']
    // As in the reference, an empty text says nothing.
    if (scope && scope !== 'before' && scope !== 'after') {
      problems.error(
        'control-scope',
        [...at, 'scope'],
        'The scope of a control is `before` or `after`.',
        'Leave it out for both.',
      )
    }
  }
}
