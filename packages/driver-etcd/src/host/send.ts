import { ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { signalProcess } from '@squall/procfs'

/** Sends a signal to that very process; false when it is gone. */
export function send(target: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (target.pid <= 1 || target.pid === process.pid) return false
  const delivery = signalProcess(target, signal)
  if (delivery !== 'not permitted') return delivery === 'sent'
  throw new ActivityFailed(
    `The process ${target.pid} takes no ${signal} from this user: it is another one's.`,
  )
}
