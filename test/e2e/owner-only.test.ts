import { stat } from 'node:fs/promises'
import path from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { startEchoServer } from './secrets/echo-server.ts'
import { environment, killed, leakyExperiment, leakyProject, waitingExperiment } from './secrets/leaky-run.ts'
import { filesBelow } from './secrets/traces.ts'
import { squallFile } from './squall.ts'

/** Files and folders that others than their owner may read, write or enter. */
async function openToOthers(places: readonly string[]): Promise<string[]> {
  const modes = await Promise.all(places.map(async (place) => ({ place, mode: (await stat(place)).mode })))
  return modes.filter(({ mode }) => (mode & 0o077) !== 0).map(({ place }) => place)
}

it.each(['000', '022', '077'])(
  'keeps what a run writes for its owner alone under the umask %s',
  async (umask) => {
    await using server = await startEchoServer()
    await using dir = await leakyProject(leakyExperiment(server.url))
    const before = await filesBelow(dir.folder)
    const words = [
      '--log-file',
      'run.log',
      'run',
      'experiment.json',
      '--event-log',
      'log',
      '--max-output',
      '4096',
    ]
    await execa('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', process.execPath, squallFile, ...words], {
      cwd: dir.folder,
      env: { ...environment().env, HOME: dir.home, XDG_STATE_HOME: undefined },
      reject: false,
    })
    const isOurs = (file: string): boolean => !before.includes(file) && !file.endsWith('harmed')
    const written = (await filesBelow(dir.folder)).filter(isOurs)
    const names = written.map((file) => path.relative(dir.folder, file)).sort()
    expect(names).toEqual(['journal.json', 'journal.json.outputs/9.json', 'log/000001.log', 'run.log'])
    const folders = ['log', 'journal.json.outputs'].map((name) => path.join(dir.folder, name))
    expect(
      await openToOthers([...written, ...folders, path.join(dir.home, '.local/state/squall/runs')]),
    ).toEqual([])
  },
)

it('keeps the log and the card of a run that was cut off for its owner alone', async () => {
  await using dir = await leakyProject(waitingExperiment)
  await killed(dir, { withWatchdog: true })
  const files = await filesBelow(path.join(dir.home, '.local/state'))
  expect(files.map((file) => path.basename(file)).sort()).toEqual(['000001.log', 'run.json'])
  expect(await openToOthers([...files, ...files.map((file) => path.dirname(file))])).toEqual([])
  expect((await dir.squall(['recover', '--yes'], environment())).exitCode).toBe(0)
})
