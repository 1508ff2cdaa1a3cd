import { existsSync } from 'node:fs'
import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DeadRun } from '../../test/dead-run.ts'
import { VirtualClock } from '../../test/virtual-clock.ts'
import { foldJournal } from '../journal/fold-journal.ts'

const disappeared = 'the runner disappeared (pid 4000000)'

function types(events: readonly { type: string }[]): string[] {
  return events.map(({ type }) => type)
}

describe('healing a run whose runner is gone', () => {
  it('undoes the newest first, writes the journal and puts the log where it is kept', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      dead.registered(1, 'one'),
      dead.registered(2, 'two'),
      { type: 'undo-completed', undo: 2, status: 'undone' },
      dead.registered(3, 'three'),
    ])
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['mend three', 'mend one'])
    const [journal, events] = [await run.journal(), await run.events()]
    expect(journal).toMatchObject({ status: 'interrupted', reason: disappeared, deviated: false })
    expect(journal.undo?.map(({ activity, status }) => [activity, status])).toEqual([
      ['harm two', 'undone'],
      ['harm three', 'undone'],
      ['harm one', 'undone'],
    ])
    expect(journal).toEqual(JSON.parse(JSON.stringify(foldJournal(events))))
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(await run.unfinished()).toEqual([])
  })

  it('carries an undo out with its amended arguments', async () => {
    const run = await DeadRun.after((dead) => {
      const [registered, amended] = [dead.registered(1, 'one'), dead.registered(1, 'number one')]
      const args = 'arguments' in amended ? amended.arguments : null
      return [dead.started(), registered, { type: 'undo-amended', undo: 1, arguments: args }]
    })
    await run.heal()
    expect(await run.trace()).toEqual(['mend number one'])
  })

  it('leaves a run alone whose runner lives', async () => {
    const run = await DeadRun.after((dead) => [dead.started(), dead.registered(1, 'one')])
    const reason = 'its runner lives (pid 4000000)'
    expect(await run.heal({}, () => true)).toEqual({ status: 'left alone', reason })
    expect(await run.trace()).toEqual([])
    expect(types(await run.events())).toEqual(['run-started', 'undo-registered'])
  })

  it('leaves a run alone that another healer is at', async () => {
    const run = await DeadRun.after((dead) => [dead.started(), dead.registered(1, 'one')])
    const claim = path.join(run.folder, 'healer-1.lock')
    await writeFile(claim, JSON.stringify({ healer: { pid: 7, startedAt: 'now' }, token: 'other' }))
    const justNow = new VirtualClock().now() / 1000
    await utimes(claim, justNow, justNow)
    const healing = await run.heal({}, ({ pid }) => pid === 7)
    expect(healing).toEqual({ status: 'left alone', reason: 'process 7 is healing it' })
    expect(await run.trace()).toEqual([])
  })

  it('has nothing to do where nothing had begun, or all is over', async () => {
    const run = await DeadRun.after(() => [])
    expect(await run.heal()).toEqual({ status: 'nothing to do' })
    expect(await run.unfinished()).toEqual([])
    expect(await run.heal()).toEqual({ status: 'nothing to do' })
  })
})

describe('an undo that fails while a run is healed', () => {
  it('is tried again by the next healer, and counts once, as it ended', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      dead.registered(1, 'one'),
      dead.registered(2, 'two', 'mend_unless'),
      dead.registered(3, 'three'),
    ])
    await writeFile(run.obstacle, '')
    expect(await run.heal()).toMatchObject({ status: 'failed' })
    expect(await run.trace()).toEqual(['mend three', 'mend one'])
    const failed = { activity: 'harm two', status: 'failed', reason: 'There is something in the way' }
    expect((await run.journal()).undo?.[1]).toMatchObject(failed)
    expect(await run.unfinished()).toEqual(['one'])

    await rm(run.obstacle)
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['mend three', 'mend one', 'mend two'])
    const { undo, status, reason } = await run.journal()
    expect(undo?.map((one) => [one.activity, one.status])).toEqual([
      ['harm three', 'undone'],
      ['harm one', 'undone'],
      ['harm two', 'undone'],
    ])
    expect({ status, reason }).toEqual({ status: 'interrupted', reason: disappeared })
    const seen = types(await run.events())
    expect(seen.filter((type) => type === 'run-completed' || type === 'status-changed')).toHaveLength(2)
  })

  it('is given up after a minute when it hangs, and the others are carried out', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      dead.registered(1, 'one'),
      dead.registered(2, 'two', 'mend_never'),
    ])
    expect(await run.heal()).toMatchObject({ status: 'failed' })
    expect(await run.trace()).toEqual(['mend one'])
    const [hung] = (await run.journal()).undo ?? []
    expect(hung).toMatchObject({ activity: 'harm two', status: 'failed' })
    expect(hung?.reason).toContain('60 s')
  })

  it('is retried also where the runner itself had come to its end', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      dead.registered(1, 'one'),
      { type: 'undo-completed', undo: 1, status: 'failed', reason: 'It was busy.' },
      { type: 'run-completed', status: 'completed', deviated: true, duration: 3 },
    ])
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    const journal = await run.journal()
    expect(journal).toMatchObject({ status: 'completed', deviated: true, duration: 3 })
    expect(journal.undo?.map(({ status }) => status)).toEqual(['undone'])
    expect(types(await run.events()).filter((type) => type === 'run-completed')).toHaveLength(1)
  })
})

describe('what was known of a run', () => {
  it('stays known: that it had deviated', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      { type: 'deviated', reason: 'It is dark.' },
      dead.registered(1, 'one'),
    ])
    await run.heal()
    expect(await run.journal()).toMatchObject({ status: 'interrupted', deviated: true })
  })

  it('is undone also where the beginning of the log is damaged', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      dead.registered(1, 'one'),
      dead.registered(2, 'two'),
    ])
    const segment = path.join(run.folder, '000001.log')
    await writeFile(segment, (await readFile(segment, 'utf8')).replace('"seed":"seed"', '"seed":"sEEd"'))
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['mend two', 'mend one'])
    const { experiment, undo } = await run.journal()
    expect(experiment['title']).toBe('The beginning of the log is lost')
    expect(undo).toHaveLength(2)
  })
})

describe('a healer that loses the run to another one', () => {
  it('does no more, and tells nothing of what it did', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(),
      dead.registered(1, 'one'),
      dead.registered(2, 'two', 'mend_and_lose'),
    ])
    const reason = 'another process has taken it over'
    expect(await run.heal()).toEqual({ status: 'left alone', reason })
    expect(await run.trace()).toEqual(['mend two'])
    expect(types(await run.events())).not.toContain('undo-completed')
    expect(existsSync(run.journalPath)).toBe(false)
    expect(await run.unfinished()).toEqual(['one'])
  })
})
