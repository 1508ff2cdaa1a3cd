import type { FromWorker, ToWorker, WorkerOrder } from '../worker-messages.ts'

/** A thread that carries one order out. */
export interface WorkerThread {
  send(message: ToWorker): void
  onMessage(listener: (message: FromWorker) => void): void
  /** An error that nobody in the thread caught. */
  onError(listener: (error: unknown) => void): void
  /** Called once the thread has ended, by whatever cause. */
  onExit(listener: (code: number) => void): void
  /** Ends the thread, also in the middle of a loop. Resolves once it is gone. */
  end(): Promise<void>
}

export async function startWorker(order: WorkerOrder): Promise<WorkerThread> {
  const { Worker } = await import('node:worker_threads')
  const worker = new Worker(new URL('../worker/worker-main.js', import.meta.url), { workerData: order })
  return {
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on('message', listener),
    onError: (listener) => worker.on('error', listener),
    onExit: (listener) => worker.on('exit', listener),
    end: async () => {
      await worker.terminate()
    },
  }
}
