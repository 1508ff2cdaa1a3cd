import { describe, expect, it } from 'vitest'
import { LawBroken } from './law.ts'
import { lawContext } from './law-context.ts'

describe('a context for tests', () => {
  it('records an undo as JSON, before the activity goes on', async () => {
    const seen: unknown[] = []
    const context = lawContext({ onUndo: () => void seen.push(structuredClone(context.undos.records)) })
    const args = { pids: [1] }
    await context.undo('resume', args)
    args.pids.push(2)
    expect(seen).toEqual([[{ func: 'resume', args: { pids: [1] } }]])
    expect(context.undos.records).toEqual([{ func: 'resume', args: { pids: [1] } }])
  })

  it('keeps the order of registrations and the last amendment of each', async () => {
    const context = lawContext()
    const first = await context.undo('a', 1)
    await context.undo('b', 2)
    await first.amend(3)
    expect(context.undos.records).toEqual([
      { func: 'a', args: 3 },
      { func: 'b', args: 2 },
    ])
  })

  it('refuses arguments that are no JSON', async () => {
    const undoing = lawContext().undo('a', { at: new Date(0) } as never)
    await expect(undoing).rejects.toBeInstanceOf(LawBroken)
    await expect(undoing).rejects.toThrow(
      "The undo 'a' was registered with no JSON: the arguments.at is a Date.",
    )
  })

  it('lets who is aborted register nothing', async () => {
    const abort = new AbortController()
    const context = lawContext({ signal: abort.signal, onUndo: () => abort.abort(new Error('enough')) })
    await expect(context.undo('a', 1)).rejects.toThrow('enough')
    await expect(context.undo('b', 2)).rejects.toThrow('enough')
    // The first one was recorded before the abort, so it will be played.
    expect(context.undos.records).toEqual([{ func: 'a', args: 1 }])
  })

  it('remembers what was said', () => {
    const context = lawContext()
    context.log.info('one')
    context.log.warn('two')
    expect(context.messages).toEqual(['info: one', 'warn: two'])
  })
})
