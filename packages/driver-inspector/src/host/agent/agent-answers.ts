import type { AgentMemory, CallStyle, Verdict } from './agent-memory.ts'

/** One call that a rule has a say in. */
export interface AnsweredCall {
  readonly style: CallStyle
  readonly verdict: Verdict
  readonly receiver: unknown
  readonly args: readonly unknown[]
  /** Makes the call as it was meant. */
  readonly call: () => unknown
}

/** Answers a call in its function's own style: late, or with an error. */
export function agentAnswers({ plain }: AgentMemory): { answer(call: AnsweredCall): unknown } {
  const later = (wait: number, task: () => void): void => void plain.setTimeout(task, wait)

  function inSync({ verdict: { delay, error }, call }: AnsweredCall): unknown {
    if (delay > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay)
    if (error) throw error
    return call()
  }

  function asPromise({ verdict: { delay, error }, call }: AnsweredCall): Promise<unknown> {
    return new Promise<void>((resolve) => later(delay, resolve)).then(() => {
      if (error) throw error
      return call()
    })
  }

  function toCallback({ verdict: { delay, error }, call, args }: AnsweredCall): unknown {
    const callback = args.at(-1)
    // Without a callback it throws at once for wrong usage, which is not ours to change.
    if (typeof callback !== 'function') return call()
    later(delay, () => (error ? callback(error) : call()))
    return undefined
  }

  function toDispatcher({ verdict: { delay, error }, call, args }: AnsweredCall): boolean {
    const handler = args[1] as {
      onError?(error: Error): void
      onResponseError?(controller: unknown, error: Error): void
    }
    later(delay, () => {
      if (!error) call()
      else if (handler.onResponseError) handler.onResponseError(undefined, error)
      else handler.onError?.(error)
    })
    return true
  }

  /** Who writes to a socket that is not connected yet has to wait, so it says that it is connecting. */
  function onSocket({ verdict: { delay, error }, call, receiver }: AnsweredCall): unknown {
    const socket = receiver as { connecting: boolean; destroyed: boolean; destroy(error: Error): void }
    socket.connecting = true
    later(delay, () => {
      if (error) return socket.destroy(error)
      socket.connecting = false
      if (!socket.destroyed) call()
    })
    return receiver
  }

  /** A request learns from its agent that there is no connection to be had. */
  function onAgent({ verdict: { delay, error }, call, args }: AnsweredCall): unknown {
    const request = args[0] as { onSocket(socket: null, error: Error): void }
    later(delay, () => (error ? request.onSocket(null, error) : call()))
    return undefined
  }

  const byStyle = {
    sync: inSync,
    promise: asPromise,
    callback: toCallback,
    dispatch: toDispatcher,
    socket: onSocket,
    agent: onAgent,
  }
  return { answer: (call) => byStyle[call.style](call) }
}
