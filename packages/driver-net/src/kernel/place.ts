import { ActivityFailed } from '@squall/contract'
import { z } from 'zod'
import type { NetSystem } from '../net-system.ts'

const name = z.string().regex(/^[\w.-]+$/, 'must be the name of a network namespace')

/** Where in the kernel a fault is: exactly one of these. */
export const placeArguments = {
  namespace: name.optional().describe('Name of the network namespace, as `ip netns` has it.'),
  current: z
    .literal(true)
    .optional()
    .describe('The namespace squall runs in, which may be that of the machine.'),
}

/** For `superRefine`: exactly one place. */
export function checkPlace(
  { namespace, current }: { namespace?: string | undefined; current?: true | undefined },
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
): void {
  if ((namespace === undefined) === (current === undefined))
    context.addIssue({ code: 'custom', message: 'give either namespace or current' })
}

export const namespaceName = name
export const deviceName = z.string().regex(/^[\w.@-]{1,15}$/, 'must be the name of a network device')

export function placeText(namespace: string | undefined): string {
  return namespace === undefined ? 'the current network namespace' : `network namespace ${namespace}`
}

/** Runs commands of the kernel's network in a place. */
export class Place {
  readonly namespace: string | undefined
  readonly #system: NetSystem

  constructor(namespace: string | undefined, system: NetSystem) {
    this.namespace = namespace
    this.#system = system
  }

  /** What the program wrote; rejects with `ActivityFailed` when it does not end with 0. */
  async run(argv: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.#system.run(inside(this.namespace, argv), input)
    if (code === 0) return stdout
    throw new ActivityFailed(`\`${argv.join(' ')}\` in ${placeText(this.namespace)}: ${stderr.trim()}`, {
      hint: 'It needs root on Linux, with iproute2 and nftables.',
    })
  }

  async json<Value>(argv: readonly string[]): Promise<Value> {
    return JSON.parse((await this.run(argv)) || '[]') as Value
  }

  /** Whether there is such a namespace. */
  async isThere(): Promise<boolean> {
    if (this.namespace === undefined) return true
    const { stdout } = await this.#system.run(['ip', 'netns', 'list'])
    return stdout.split('\n').some((line) => line.split(' ')[0] === this.namespace)
  }

  /** Rejects where there is nothing to act on, before anything is done. */
  async check(): Promise<void> {
    if (!this.#system.isRoot) throw new ActivityFailed('Faults in the kernel need root.')
    if (!(await this.isThere())) throw new ActivityFailed(`There is no ${placeText(this.namespace)}.`)
  }
}

/** The words that run a command in a namespace. */
export function inside(namespace: string | undefined, argv: readonly string[]): readonly string[] {
  return namespace === undefined ? argv : ['ip', 'netns', 'exec', namespace, ...argv]
}
