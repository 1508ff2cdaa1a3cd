import type { SurroundingsChange } from './messages.ts'
import type { PythonWorld, WorkerPlace } from './python-world.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Keeps one worker's environment and working directory the same as this process's, whoever changes them. */
export class Surroundings {
  readonly #world: PythonWorld
  #environment: Environment
  #directory: string

  constructor(world: PythonWorld) {
    this.#world = world
    this.#environment = { ...world.environment() }
    this.#directory = world.workingDirectory()
  }

  /** As the worker knows them. */
  get place(): WorkerPlace {
    return { environment: this.#environment, directory: this.#directory }
  }

  /** What changed here since the worker was told last; undefined for nothing. */
  changes(): SurroundingsChange | undefined {
    const environment = { ...this.#world.environment() }
    const directory = this.#world.workingDirectory()
    const env = differences(this.#environment, environment)
    const hasMoved = directory !== this.#directory
    if (!env && !hasMoved) return undefined
    this.#environment = environment
    this.#directory = directory
    return { ...(env ? { env } : {}), ...(hasMoved ? { cwd: directory } : {}) }
  }

  /** Follows what Python code changed. */
  take({ env, cwd }: SurroundingsChange): void {
    for (const [name, value] of Object.entries(env ?? {})) this.#world.setVariable(name, value)
    if (cwd !== undefined) this.#world.changeDirectory(cwd)
    this.#environment = { ...this.#world.environment() }
    this.#directory = this.#world.workingDirectory()
  }
}

function differences(old: Environment, now: Environment): Record<string, string | null> | undefined {
  const found: Record<string, string | null> = {}
  let isChanged = false
  for (const name in now) {
    if (old[name] === now[name]) continue
    found[name] = now[name] ?? null
    isChanged = true
  }
  for (const name in old) {
    if (name in now) continue
    found[name] = null
    isChanged = true
  }
  return isChanged ? found : undefined
}
