import { setTimeout } from 'node:timers/promises'
import type {
  ActivityContext,
  JsonValue,
  ProviderCall,
  ProviderFields,
  RegisteredUndo,
} from '@squall/contract'
import { onTestFinished } from 'vitest'
import { systemWorld } from '../src/host/system-world.ts'
import { pythonDriver } from '../src/index.ts'
import type { PythonWorld } from '../src/python-world.ts'
import { project } from './project.ts'

/** A real context with a memory: what was logged, which undos were registered, who asked for the end of the run. */
export class RememberingContext implements ActivityContext {
  readonly logged: string[] = []
  readonly undos: { func: string; args: JsonValue; amended: JsonValue[] }[] = []
  readonly interrupts: string[] = []
  readonly configuration: Record<string, JsonValue> = { region: 'north' }
  readonly secrets: Record<string, JsonValue> = { token: 'of the test' }
  readonly directory = '.'
  readonly random = { next: () => 0.5 }
  readonly log = { debug: this.#note('debug'), info: this.#note('info'), warn: this.#note('warn') }
  readonly clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      await setTimeout(milliseconds, undefined, { ...(signal && { signal }) })
    },
  }
  readonly options: { interpreter?: string }
  readonly signal: AbortSignal

  constructor(signal: AbortSignal = new AbortController().signal, options: { interpreter?: string } = {}) {
    this.signal = signal
    this.options = options
  }

  async undo(func: string, args: JsonValue): Promise<RegisteredUndo> {
    const entry = { func, args, amended: [] as JsonValue[] }
    this.undos.push(entry)
    return { amend: async (amended) => void entry.amended.push(amended) }
  }

  interrupt(how: string): void {
    this.interrupts.push(how)
  }

  #note(level: string): (message: string) => void {
    return (message) => void this.logged.push(`${level}: ${message}`)
  }
}

/**
 * A driver with a folder of Python modules that its interpreter finds. Its environment and working directory are its own,
 * so that what Python code changes of them stays out of the test process.
 */
export async function pythonPlace(files: Readonly<Record<string, string>> = {}) {
  const folder = await project(files)
  const surroundings = {
    variables: { ...process.env, PYTHONPATH: folder } as Record<string, string | undefined>,
    cwd: folder,
  }
  const system = systemWorld()
  const world: PythonWorld = {
    ...system,
    environment: () => surroundings.variables,
    workingDirectory: () => surroundings.cwd,
    setVariable: (name, value) => {
      if (value === null) delete surroundings.variables[name]
      else surroundings.variables[name] = value
    },
    changeDirectory: (to) => {
      surroundings.cwd = to
    },
  }
  const driver = pythonDriver(world)
  onTestFinished(() => driver.close())
  const { python } = driver.providers
  const run = (
    fields: Omit<ProviderFields, 'type'>,
    context: ActivityContext = new RememberingContext(),
    more: Partial<ProviderCall> = {},
  ) =>
    python.run(
      {
        provider: { type: 'python', ...fields },
        kind: 'action',
        activity: 'act',
        hasTolerance: false,
        ...more,
      },
      context,
    )
  return { driver, folder, python, run, surroundings }
}
