import { setTimeout as delay } from 'node:timers/promises'
import type { ActivityContext, JsonValue, SchemaIssue } from '@squall/contract'
import driver from '../src/index.ts'

/** An activity as a run calls it, with what it registered for undo. */
export class Act {
  readonly undos: { func: string; args: JsonValue }[] = []
  readonly context: ActivityContext

  constructor(directory: string, more: Partial<ActivityContext> = {}) {
    const clock = {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      sleep: async (ms: number, signal?: AbortSignal) => {
        await delay(ms, undefined, signal ? { signal } : {})
      },
    }
    this.context = {
      signal: new AbortController().signal,
      log: { debug: () => {}, info: () => {}, warn: () => {} },
      configuration: {},
      secrets: {},
      options: {},
      random: { next: () => 0.4 },
      clock,
      directory,
      undo: async (func, args) => {
        const record = { func, args }
        this.undos.push(record)
        return {
          amend: async (better) => {
            record.args = better
          },
        }
      },
      ...more,
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: each activity has a result of its own
  async run(func: keyof typeof driver.activities, input: unknown): Promise<any> {
    const { args, run } = driver.activities[func]
    const checked = await args['~standard'].validate(input)
    if (checked.issues) throw new Error(checked.issues.map((issue: SchemaIssue) => issue.message).join('; '))
    return run(checked.value as never, this.context)
  }

  async undo(): Promise<string[]> {
    const answers: string[] = []
    for (const { func, args } of this.undos.reverse()) {
      answers.push(await driver.undo[func as keyof typeof driver.undo].run(args as never, this.context))
    }
    return answers
  }
}
