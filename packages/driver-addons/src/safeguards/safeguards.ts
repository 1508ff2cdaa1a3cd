import { type ControlContext, defineControl, InterruptRun, type OpenControl } from '@squall/contract'
import { argumentProblems } from '../argument-problems.ts'
import { Guardian } from './guardian.ts'
import { safeguardArguments } from './safeguard-arguments.ts'

/** Watches the system by probes of its own, and ends the run when one of them is out of tolerance (spec 25). */
export const safeguards = defineControl({
  summary: 'Ends the run when one of its probes is out of its tolerance.',
  validate: (declaration) => argumentProblems(safeguardArguments, declaration),
  open: async (_declaration, context) => guarded(context),
})

function guarded(context: ControlContext): OpenControl {
  let guardian: Guardian | undefined
  return {
    hooks: {
      'before-experiment': async (call) => {
        guardian = new Guardian(safeguardArguments.parse(call.arguments), context)
        const { tripped } = await guardian.begin(call.signal)
        // Thrown, not asked for: what follows the hook must not begin.
        if (tripped) throw new InterruptRun(tripped)
      },
      'after-activity': async () => {
        if (guardian?.endsAfterActivity) throw new InterruptRun(guardian.endsAfterActivity)
      },
      'after-experiment': async () => guardian?.end(),
    },
    onEvent: (event) => guardian?.see(event),
    cleanup: async () => guardian?.end(),
  }
}
