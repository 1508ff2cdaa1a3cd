import type { ActivityContext, JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { processProvider } from './process-provider.ts'
import type { ProcessWorld } from './process-world.ts'
import type { ChildEnd, ChildRequest } from './run-child.ts'

class FakeWorld implements ProcessWorld {
  readonly environment = process.env
  readonly platform = 'linux'
  readonly requests: ChildRequest[] = []
  private readonly answer: () => Promise<ChildEnd>
  constructor(answer: () => Promise<ChildEnd>) {
    this.answer = answer
  }
  newTag = () => 'tag'
  session = async () => 7
  startedAt = async () => undefined
  end = async () => ({ ended: [], remaining: [], refused: [] })
  run = (request: ChildRequest) => {
    this.requests.push(request)
    return this.answer()
  }
}

/** What became of an activity, and what it asked of the core. */
async function outcome(answer: () => Promise<ChildEnd>, fields: Record<string, JsonValue> = {}) {
  const records: JsonValue[] = []
  const warnings: string[] = []
  const context = {
    signal: AbortSignal.any([]),
    log: { debug() {}, info() {}, warn: (message: string) => void warnings.push(message) },
    undo: async (_: string, args: JsonValue) => {
      records.push(args)
      return { amend: async (next: JsonValue) => void records.push(next) }
    },
  } as unknown as ActivityContext
  const world = new FakeWorld(answer)
  const provider = { type: 'process', path: 'sh', ...fields }
  const call = { provider, kind: 'action', activity: 'act', hasTolerance: false } as const
  const error = await processProvider(world)
    .run(call, context)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    )
  return { records, warnings, error, request: world.requests[0] }
}

const bytes = Buffer.alloc(0)
const begun = { tag: 'tag', session: 7 }
const over = { ...begun, ended: true }

describe('the record of an action', () => {
  it.each<{ name: string; answer: () => Promise<ChildEnd>; records: JsonValue[] }>([
    {
      name: 'says that a program ended',
      answer: async () => ({ kind: 'exited', status: 0, stdout: bytes, stderr: bytes }),
      records: [begun, over],
    },
    {
      name: 'says that a program was ended',
      answer: async () => ({ kind: 'aborted', gone: true, refused: [] }),
      records: [begun, over],
    },
    {
      name: 'leaves it to the undo to look again for one that was not seen to go',
      answer: async () => ({ kind: 'timed-out', gone: false, refused: [] }),
      records: [begun],
    },
    {
      name: 'leaves it to the undo to tell of one that may not be ended',
      answer: async () => ({ kind: 'timed-out', gone: false, refused: [9] }),
      records: [begun],
    },
    {
      name: 'says that a program did not start',
      answer: () => Promise.reject(new Error('no')),
      records: [begun, over],
    },
  ])('$name', async ({ answer, records }) => {
    expect((await outcome(answer)).records).toEqual(records)
  })
})

it('warns of what may not be ended', async () => {
  const { warnings } = await outcome(async () => ({ kind: 'timed-out', gone: false, refused: [8, 9] }))
  expect(warnings).toEqual([`Process 8, 9, started by 'act', could not be ended and may still run.`])
})

it('asks for times in milliseconds that a timer can wait', async () => {
  const ended = async (): Promise<ChildEnd> => ({ kind: 'exited', status: 0, stdout: bytes, stderr: bytes })
  const { request } = await outcome(ended, { timeout: 1e9, grace: 0.5 })
  expect(request).toMatchObject({ timeoutMs: 2 ** 31 - 1, graceMs: 500 })
  expect((await outcome(ended, { timeout: null })).request).not.toHaveProperty('timeoutMs')
})
