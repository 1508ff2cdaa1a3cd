import { closest } from '../drivers/closest.ts'
import type { PlacedControl } from './controls-of.ts'
import type { Problems } from './problem.ts'

/** Each `ref` of a control must name a control that is declared elsewhere (spec 17.1). */
export function checkControlReferences(controls: readonly PlacedControl[], problems: Problems): void {
  for (const placed of controls) {
    const { ref } = placed.control
    if (ref === undefined || ref === null) continue
    const path = [...placed.path, 'ref']
    const others = controls.filter(({ control }) => control !== placed.control && !control['ref'])
    const named = others.filter(({ control }) => control['name'] === ref)
    const top = others.filter(({ isTop }) => isTop).map(({ control }) => String(control['name']))
    if (named.some(({ isTop }) => isTop)) continue
    if (named.length > 0) {
      const message = `\`ref\` names '${String(ref)}', which only a part of the experiment declares.`
      problems.warn('control-ref-elsewhere', path, message, 'Declare it in `controls` of the experiment.')
      continue
    }
    const near = typeof ref === 'string' ? closest(ref, top) : undefined
    const hint = near === undefined ? 'Name a control of the experiment.' : `Did you mean '${near}'?`
    const message = `\`ref\` names ${typeof ref === 'string' ? `'${ref}'` : JSON.stringify(ref)}, which is no control of the experiment.`
    problems.error('control-ref-unknown', path, message, hint)
  }
}
