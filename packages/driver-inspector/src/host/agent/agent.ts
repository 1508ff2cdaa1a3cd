import { agentAnswers } from './agent-answers.ts'
import { agentCallFaults, type CallFault } from './agent-call-faults.ts'
import { agentCallPoints } from './agent-call-points.ts'
import { agentDoor } from './agent-door.ts'
import { agentHooks } from './agent-hooks.ts'
import { agentLoad } from './agent-load.ts'
import { agentMemory, type FaultReport } from './agent-memory.ts'
import { agentModules } from './agent-modules.ts'
import { agentTime } from './agent-time.ts'
import { agentView } from './agent-view.ts'

/** What the agent can be asked for. Arguments and answers are JSON. */
export interface Agent {
  faultCalls(fault: CallFault, api: string, functions: readonly string[]): string[]
  throwIn(fault: CallFault, module: string, func: string): string[]
  block(id: string, milliseconds: number): Promise<void>
  fill(id: string, mebibytes: number, force: boolean): { used: number; limit: number }
  skew(id: string, ahead: number, slower: number): void
  enter(isOurs: boolean, milliseconds: number): void
  leave(isOurs: boolean): void
  faults(): FaultReport[]
  end(id?: string): FaultReport[]
  look(): Record<string, string | number>
  lateness(milliseconds: number): Promise<{ mean: number; max: number }>
}

type Later = {
  [Name in keyof Agent]: ReturnType<Agent[Name]> extends Promise<unknown> ? Name : never
}[keyof Agent]

const later: Readonly<Record<Later, true>> = { block: true, lateness: true }

/** Whether the agent answers with a promise. */
export function answersLater(name: keyof Agent): boolean {
  return Object.hasOwn(later, name)
}

/** The text of an expression that calls a function of the agent. */
export function callOf<Name extends keyof Agent>(name: Name, ...args: Parameters<Agent[Name]>): string {
  return `${agentExpression}(require).${name}(...${JSON.stringify(args.map((arg) => arg ?? null))})`
}

/** The text of an expression that makes the agent in the target, given its `require`. */
export const agentExpression: string = `((require) => {
  const memory = (${agentMemory})()
  const hooks = (${agentHooks})(memory, (${agentAnswers})(memory), require)
  const points = (${agentCallPoints})(require)
  const calls = (${agentCallFaults})(memory, hooks)
  const modules = (${agentModules})(require)
  const { block, fill } = (${agentLoad})(memory, require)
  const { skew } = (${agentTime})(memory, require)
  return {
    faultCalls: (fault, api, functions) => calls.install(fault, points.find(api, functions)),
    throwIn: (fault, module, func) => calls.install(fault, [modules.find(module, func)]),
    block, fill, skew,
    ...(${agentDoor})(memory, require),
    ...(${agentView})(memory, require),
  }
})`
