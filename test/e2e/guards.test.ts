import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { lamp, lamps, putOut, storyOf } from './lamps.ts'
import { experiment, type Project, project, shell } from './squall.ts'
import { startTarget } from './targets.ts'

async function journalOf({ folder }: Pick<Project, 'folder'>) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

function ports(func: string, args: object, more: object = {}): object {
  return { type: 'action', name: func, provider: { type: 'ports', func, arguments: args }, ...more }
}

/** The journal of an activity that was not played, its exception cut to the last line. */
function refused(name: string, reason: string): object {
  const exception = [`ActivityFailed: '${name}' was not played: ${reason}.\n`]
  return { activity: { name }, status: 'failed', exception }
}

function lastLines(run: readonly { exception?: string[] }[]): object[] {
  return run.map((entry) => (entry.exception ? { ...entry, exception: entry.exception.slice(-1) } : entry))
}

it('refuses an action whose target matches a pattern, before it does anything, and plays the others', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall'), putOut('porch')] }),
  })
  const words = ['run', 'experiment.json', '--protect', 'nothing*', '--protect', 'h?ll']
  const { exitCode, stderr } = await dir.squall(words)
  expect(exitCode).toBe(0)
  expect(stderr).toContain("'putOut hall' was not played: 'hall' is protected by the pattern 'h?ll'.\n")
  expect(stderr).toContain('next: Protection comes from --protect and from `protect` in settings')
  const { status, run } = await journalOf(dir)
  expect(status).toBe('completed')
  expect(lastLines(run)).toMatchObject([
    refused('putOut hall', "'hall' is protected by the pattern 'h?ll'"),
    { status: 'succeeded' },
  ])
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([['lit'], ['lit', 'out', 'lit']])
})

it('refuses what cannot be known, and asks no probe', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      method: [lamp('action', 'secretly', { lamp: 'hall' }), lamp('probe', 'look', { lamp: 'hall' })],
    }),
  })
  const { exitCode } = await dir.squall(['run', 'experiment.json', '--protect', 'nothing'])
  expect(exitCode).toBe(0)
  const { run } = await journalOf(dir)
  const reason = 'what it touches cannot be known (what a function touches cannot be known)'
  expect(lastLines(run)).toMatchObject([refused('secretly hall', reason), { output: 'lit' }])
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
})

it('keeps to its protection in rollbacks too', async () => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ rollbacks: [putOut('hall')] }),
  })
  await dir.squall(['run', 'experiment.json', '--protect', 'hall'])
  expect(lastLines((await journalOf(dir)).rollbacks)).toMatchObject([{ status: 'failed' }])
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
})

const user = os.userInfo().username

it.each<{ name: string; protect: object; by: string }>([
  { name: 'ports', protect: { ports: ['PORT'] }, by: 'the port PORT' },
  { name: 'processes', protect: { processes: ['node'] }, by: "the process name 'node'" },
  { name: 'users', protect: { users: [user] }, by: `the user '${user}'` },
  { name: 'targets', protect: { targets: ['*createServer*'] }, by: "the pattern '*createServer*'" },
])('takes protected $name from the settings, however a process is found', async ({ protect, by }) => {
  await using target = await startTarget()
  const port = String(target.port)
  const settings = JSON.stringify({ protect }).replace('"PORT"', port)
  const found = [{ port: target.port }, { pid: target.pid }, { name: `*createServer*`, percent: 100 }]
  await using dir = await project({
    'experiment.json': experiment({ method: found.map((args) => ports('kill', args)) }),
    'settings.yaml': settings,
  })
  const { exitCode } = await dir.squall(['--settings', 'settings.yaml', 'run', 'experiment.json'])
  expect(exitCode).toBe(0)
  const { run } = await journalOf(dir)
  expect(run).toHaveLength(3)
  for (const { status, exception } of run) {
    expect(status).toBe('failed')
    expect(exception.at(-1)).toContain(`is protected by ${by.replace('PORT', port)}`)
  }
  expect(target.isAlive()).toBe(true)
})

it('kills what is not protected', async () => {
  await using target = await startTarget()
  await using spared = await startTarget()
  await using dir = await project({
    'experiment.json': experiment({ method: [ports('kill', { pid: target.pid })] }),
    'settings.yaml': JSON.stringify({ protect: { ports: [spared.port], processes: ['nginx'] } }),
  })
  await dir.squall(['--settings', 'settings.yaml', 'run', 'experiment.json'])
  expect((await journalOf(dir)).run).toMatchObject([{ status: 'succeeded' }])
  expect([target.isAlive(), spared.isAlive()]).toEqual([false, true])
})

it.each([
  { protect: { port: 80 }, says: "`protect` in settings knows no 'port'." },
  { protect: { ports: ['http'] }, says: "`protect` in settings has http under 'ports', which is no port." },
  { protect: ['hall'], says: '`protect` in settings is ["hall"], which is no object.' },
])('runs nothing when its protection is not clear: $protect', async ({ protect, says }) => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall')] }),
    'settings.yaml': JSON.stringify({ protect }),
  })
  const { exitCode, stderr } = await dir.squall(['--settings', 'settings.yaml', 'run', 'experiment.json'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain(says)
  expect(stderr).toContain('(SQUALL_PROTECTION_UNCLEAR)')
  expect(storyOf(dir, 'hall')).toEqual(['lit'])
})

it('plans each undo or that there is none, times, what is kept and what would be refused', async () => {
  await using target = await startTarget()
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      title: 'Everything',
      configuration: { limit: 9 },
      method: [
        ports('kill', { pid: target.pid }),
        ports('pause', { pid: target.pid }, { undo: { after: 5 } }),
        ports('pause', { pid: target.pid }, { keep: true, name: 'keep it paused' }),
        shell('work', 'true', { max_duration: '${limit}', background: true }),
        lamp('probe', 'look', { lamp: 'hall' }, { max_duration: 3 }),
        putOut('hall', 0, { undo: { after: 5 } }),
      ],
    }),
  })
  const { stdout, stderr, exitCode } = await dir.squall(['plan', 'experiment.json', '--protect', 'hall'])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  const whom = new RegExp(`pid ${target.pid} \\(.+`, 'g')
  expect(
    stdout
      .replaceAll(whom, 'WHOM')
      .replaceAll(/touches \/\S+\/sh /g, 'touches sh ')
      .split('\n'),
  ).toEqual([
    'Everything',
    '  method    action kill @squall/driver-ports kill',
    '            touches WHOM',
    '            undo: cannot be undone',
    '  method    action pause @squall/driver-ports pause',
    '            touches WHOM',
    '            undo: undone by resume 5 s after it began, at the latest at the end of the run',
    '  method    action keep it paused @squall/driver-ports pause',
    '            touches WHOM',
    '            undo: kept on purpose (`keep`): nothing undoes it',
    '  method    action work in the background @squall/driver-process process',
    '            touches sh -c true',
    '            undo: What a program did cannot be taken back; a program that still runs when the run stops is ended.',
    '            takes at most 9 s',
    '  method    probe look hall @squall/driver-node node',
    '            takes at most 3 s',
    '  method    action putOut hall @squall/driver-node node',
    '            touches hall',
    '            undo: Undone by what the function itself registers with undo(...); without that it cannot be undone. What is undone is so 5 s after it began, at the latest at the end of the run.',
    "            would not be played: 'hall' is protected by the pattern 'hall'",
  ])
  expect(target.isAlive()).toBe(true)
})

it.each([
  { more: { keep: 'yes' }, says: '`keep` must be true or false.' },
  { more: { max_duration: '5' }, says: '`max_duration` must be a number of seconds above 0.' },
  { more: { max_duration: 0 }, says: '`max_duration` must be a number of seconds above 0.' },
  { more: { undo: { after: -1 } }, says: '`undo.after` must be a number of seconds above 0.' },
  { more: { undo: { when: 5 } }, says: '`undo` must be an object with `after` and nothing else.' },
  { more: { undo: 5 }, says: '`undo` must be an object with `after` and nothing else.' },
  { more: { undo: { after: 5 }, keep: true }, says: 'With `keep` nothing is undone' },
])('finds $more in an activity wrong', async ({ more, says }) => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({ method: [putOut('hall', 0, more)] }),
  })
  const { exitCode, stderr } = await dir.squall(['validate', 'experiment.json'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain(says)
})

it.each([
  { more: { max_duration: '${text}' }, says: 'Its `max_duration` is soon, which is no number of seconds.' },
  { more: { undo: { after: '${text}' } }, says: 'Its `undo.after` is soon, which is no number of seconds.' },
])('fails an activity before the harm when $more turns out to be no time', async ({ more, says }) => {
  await using dir = await project({
    ...lamps,
    'experiment.json': experiment({
      configuration: { text: 'soon' },
      method: [putOut('hall', 0, more), putOut('porch')],
    }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'experiment.json'])
  expect(exitCode).toBe(0)
  expect(stderr).toContain(says)
  expect([storyOf(dir, 'hall'), storyOf(dir, 'porch')]).toEqual([['lit'], ['lit', 'out', 'lit']])
})
