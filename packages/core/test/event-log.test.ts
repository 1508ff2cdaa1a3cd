import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Driver, defineAction, defineDriver, type JsonValue, type RunEvent } from '@squall/contract'
import { readEventLog } from '@squall/event-log'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { foldJournal } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { scratchFolder } from './scratch-folder.ts'
import { answer, harm, hypothesisOf, play, take } from './toy-experiment.ts'

const scratch = await scratchFolder()
let count = 0

function freshFolder(): string {
  count += 1
  return path.join(scratch, `log-${count}`)
}

async function saved(folder: string): Promise<RunEvent[]> {
  return (await readEventLog<RunEvent>(folder)).records
}

const before = process.env['XDG_STATE_HOME']
beforeEach(async () => {
  process.env['XDG_STATE_HOME'] = freshFolder()
  await mkdir(process.env['XDG_STATE_HOME'])
})
afterEach(() => {
  if (before === undefined) delete process.env['XDG_STATE_HOME']
  else process.env['XDG_STATE_HOME'] = before
})

/** The folders of the runs that go on. */
async function logs(): Promise<string[]> {
  const runs = path.join(process.env['XDG_STATE_HOME'] ?? '', 'squall', 'runs')
  return (await readdir(runs).catch(() => [])).map((name) => path.join(runs, name))
}

/** What is on disk of the one run that goes on. */
async function savedSoFar(): Promise<RunEvent[]> {
  const [log = ''] = await logs()
  return saved(log)
}

describe('the event log', () => {
  it('is not mixed with what lies in the folder already', async () => {
    const folder = freshFolder()
    await mkdir(folder)
    await writeFile(path.join(folder, 'mine'), '')
    await expect(play({ method: [take('a')] }, { eventLog: folder })).rejects.toMatchObject({
      code: 'SQUALL_LOG_BROKEN',
      message: expect.stringContaining('the folder is not empty'),
    })
    expect(await readdir(folder)).toEqual(['mine'])
  })

  it('in a folder that was asked for holds every event, and folds to the same journal', async () => {
    const folder = freshFolder()
    const { events, journal } = await play(
      { 'steady-state-hypothesis': hypothesisOf(answer('up', 1, 1)), method: [harm('lamp'), take('a', 1)] },
      { eventLog: folder },
    )
    expect(await saved(folder)).toEqual(events)
    expect(foldJournal(await saved(folder))).toEqual(journal)
  })

  it('has an undo on disk before the harm, with where its function is', async () => {
    let onDisk: RunEvent[] = []
    const careful = driverThat(async () => {
      onDisk = await savedSoFar()
    })
    await play(
      { method: [{ type: 'action', name: 'a', provider: { type: 'careful', func: 'act' } }] },
      { eventLog: undefined as never, others: [careful] },
    )
    expect(onDisk.at(-1)).toMatchObject({
      type: 'undo-registered',
      driver: { package: 'careful', version: '0.0.0', file: '' },
      func: 'mend',
      arguments: { thing: 'it' },
      activity: 'a',
    })
    expect(onDisk[0]).toMatchObject({ type: 'run-started' })
  })

  it('of a run that died folds to an interrupted journal', async () => {
    let onDisk: RunEvent[] = []
    const careful = driverThat(async () => {
      onDisk = await savedSoFar()
    })
    const method = [take('a'), { type: 'action', name: 'b', provider: { type: 'careful', func: 'act' } }]
    await play({ method }, { eventLog: undefined as never, others: [careful] })
    const journal = foldJournal(onDisk)
    expect(journal).toMatchObject({ status: 'interrupted', run: [{ status: 'succeeded' }, { output: null }] })
    expect(journal.run[1]).not.toHaveProperty('end')
  })
})

async function stateFolderIsAFile(): Promise<void> {
  const file = freshFolder()
  await writeFile(file, '')
  process.env['XDG_STATE_HOME'] = file
}

describe('a log that cannot be written', () => {
  const raw = { type: 'action', name: 'raw', provider: { type: 'raw', undo: 'mend' } }

  it('fails activities that need an undo before their harm; the run goes on', async () => {
    await stateFolderIsAFile()
    const { trace, journal, events, exitCode } = await play(
      { method: [harm('lamp'), raw, take('next')] },
      { eventLog: undefined as never },
    )
    expect(trace.filter((line) => line.startsWith('break'))).toEqual([])
    expect(journal).toMatchObject({
      status: 'completed',
      run: [{ status: 'failed' }, { status: 'failed' }, { status: 'succeeded' }],
    })
    for (const run of journal.run.slice(0, 2)) {
      expect(run.exception?.at(-1)).toMatch(
        /was stopped before it changed anything: its undo could not be written to disk/,
      )
    }
    const warnings = eventLines(events).filter((line) => line.startsWith('warning: The event log'))
    expect(warnings).toEqual([expect.stringContaining('cannot be written')])
    expect(exitCode).toBe(0)
  })

  it('does not matter to a run that needs no undo', async () => {
    await stateFolderIsAFile()
    const { journal } = await play({ method: [take('a')] }, { eventLog: undefined as never })
    expect(journal).toMatchObject({ status: 'completed', run: [{ status: 'succeeded' }] })
  })
})

describe('without a folder', () => {
  it('the log is in the state folder while the run goes on, and removed at its end', async () => {
    let during: string[] = []
    const careful = driverThat(async () => {
      during = await logs()
    })
    const { journal } = await play(
      { method: [{ type: 'action', name: 'a', provider: { type: 'careful', func: 'act' } }] },
      { eventLog: undefined as never, others: [careful] },
    )
    expect(journal.undo).toMatchObject([{ status: 'undone' }])
    expect(during).toHaveLength(1)
    expect(await logs()).toEqual([])
  })
})

/** A driver that registers its undo and then does `act`. */
function driverThat(act: () => Promise<void>): Driver {
  return defineDriver({
    name: 'careful',
    contract: 1,
    summary: 'Looks at the log before its harm.',
    activities: {
      act: defineAction({
        summary: 'Acts.',
        args: z.object({}),
        undoneBy: ['mend'],
        targets: async () => [],
        run: async (_args, { undo }): Promise<JsonValue> => {
          await undo('mend', { thing: 'it' })
          await act()
          return null
        },
      }),
    },
    undo: { mend: { summary: 'Mends.', args: z.object({ thing: z.string() }), run: async () => 'undone' } },
  })
}
