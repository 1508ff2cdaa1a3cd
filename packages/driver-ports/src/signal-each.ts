import { type ActivityContext, ActivityFailed } from '@squall/contract'
import type { Selection } from './selection.ts'
import type { System } from './system.ts'
import { type Refusal, refusalOf, type Victim, victimText } from './victim.ts'
import { waitFor } from './wait-for.ts'

const secondsToTakeEffect = 5

/** Stops or continues what was selected and waits until the system says so. Fails when one does not obey. */
export async function signalEach(
  { victims, guard }: Pick<Selection, 'victims' | 'guard'>,
  signal: 'SIGSTOP' | 'SIGCONT',
  system: System,
  context: ActivityContext,
): Promise<{ readonly sent: readonly Victim[]; readonly refused: readonly Refusal[] }> {
  const sent: Victim[] = []
  const refused: Refusal[] = []
  for (const victim of victims) {
    context.signal.throwIfAborted()
    const outcome = await guard.signal(victim, signal)
    if (outcome.status === 'sent') sent.push(victim)
    if (outcome.status === 'sent' && signal === 'SIGSTOP') system.paused.add(victim)
    if (outcome.status === 'refused') refused.push(refusalOf(victim, outcome.reason))
  }
  for (const victim of sent) await insistOnEffect(victim, signal, system, context)
  return { sent, refused }
}

async function insistOnEffect(
  victim: Victim,
  signal: 'SIGSTOP' | 'SIGCONT',
  { processes }: System,
  context: ActivityContext,
): Promise<void> {
  const wanted = signal === 'SIGSTOP'
  const hasEffect = async (): Promise<boolean> => {
    const facts = await processes.find(victim.pid)
    // Ended meanwhile, or a system that does not tell: there is nothing to wait for.
    return facts === null || facts.startedAt !== victim.startedAt || (facts.isStopped ?? wanted) === wanted
  }
  const patience = { seconds: secondsToTakeEffect, clock: context.clock, signal: context.signal }
  if (await waitFor(hasEffect, patience)) return
  throw new ActivityFailed(
    `${victimText(victim)} did not react to ${signal} within ${secondsToTakeEffect} s.`,
    {
      hint: 'It may hang in the kernel, or be held by a debugger.',
    },
  )
}
