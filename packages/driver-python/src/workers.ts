import type { JsonObject } from '@squall/contract'
import { interpreterOf } from './interpreter.ts'
import { PythonWorker } from './python-worker.ts'
import type { PythonWorld } from './python-world.ts'

/** The workers of this process: a warm one for each interpreter, and others for single calls. */
export class Workers {
  readonly world: PythonWorld
  readonly #shared = new Map<string, PythonWorker>()
  readonly #own = new Set<PythonWorker>()

  constructor(world: PythonWorld) {
    this.world = world
  }

  /** The warm worker of the interpreter that the options choose. Throws `SQUALL_PYTHON_MISSING`. */
  shared(options: JsonObject): PythonWorker {
    const interpreter = interpreterOf(options, this.world)
    const known = this.#shared.get(interpreter)
    if (known?.isUsable) return known
    const worker = new PythonWorker(interpreter, this.world)
    this.#shared.set(interpreter, worker)
    return worker
  }

  /** Does something in a fresh worker, which is ended then. Throws `SQUALL_PYTHON_MISSING`. */
  async inOwn<Result>(options: JsonObject, use: (worker: PythonWorker) => Promise<Result>): Promise<Result> {
    const worker = new PythonWorker(interpreterOf(options, this.world), this.world)
    this.#own.add(worker)
    try {
      const result = await use(worker)
      await worker.close()
      return result
    } finally {
      await worker.kill()
      this.#own.delete(worker)
    }
  }

  /** Ends all of them. Later calls start new ones. */
  async close(): Promise<void> {
    const all = [...this.#shared.values(), ...this.#own]
    this.#shared.clear()
    await Promise.all(all.map((worker) => worker.close()))
  }
}
