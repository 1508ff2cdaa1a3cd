import { type ActivityFailed, hasCode } from '@squall/contract'
import type { NetSystem } from '../net-system.ts'

interface IssueContext {
  addIssue(issue: { code: 'custom'; message: string }): void
}

/** How each program says its version, and the Debian package it comes in. */
const programs = {
  ip: { version: '-V', from: 'iproute2' },
  tc: { version: '-V', from: 'iproute2' },
  nft: { version: '--version', from: 'nftables' },
  unshare: { version: '--version', from: 'util-linux' },
} as const

/** For `superRefine`: an experiment with faults in the kernel is refused before its run where there can be none. */
export function needsKernel(names: readonly (keyof typeof programs)[], system: NetSystem) {
  return async (_: unknown, context: IssueContext): Promise<void> => {
    if (!system.isRoot) return refuse(context, 'needs root, as every fault in the kernel does')
    for (const name of names) {
      const { version, from } = programs[name]
      if (await canRun([name, version], system)) continue
      refuse(
        context,
        `needs the program ${name}, which is not installed here (Debian: apt-get install ${from})`,
      )
    }
  }
}

/** For `superRefine`, as `needsKernel`: the kernel itself is asked. */
export function needsNetem(system: NetSystem) {
  return async (_: unknown, context: IssueContext): Promise<void> => {
    const why = system.isRoot ? await whyNoNetem(system) : null
    if (why !== null)
      refuse(
        context,
        `needs netem, which the kernel of this machine has not (${why}); put a proxy in between: start_proxy and add_toxic`,
      )
  }
}

/** Tries it in a namespace that is gone afterwards: nothing else tells for sure whether the kernel has it. */
export async function whyNoNetem(system: NetSystem): Promise<string | null> {
  const trial = ['unshare', '--net', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms']
  try {
    const { code, stderr } = await system.run(trial)
    return code === 0
      ? null
      : stderr
          .trim()
          .replace(/^Error: /, '')
          .replace(/\.$/, '')
  } catch (error) {
    if (hasCode(error, 'SQUALL_ACTIVITY_FAILED')) return (error as ActivityFailed).message
    throw error
  }
}

async function canRun(argv: readonly string[], system: NetSystem): Promise<boolean> {
  try {
    await system.run(argv)
    return true
  } catch (error) {
    if (hasCode(error, 'SQUALL_ACTIVITY_FAILED')) return false
    throw error
  }
}

function refuse(context: IssueContext, message: string): void {
  context.addIssue({ code: 'custom', message })
}
