import { createHash } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { eventually, processesWith } from '../../crash/machine.ts'
import { here } from '../../requirements.ts'
import { type Ended, experiment, type Project, project, shell } from '../squall.ts'
import { needlesFor } from './traces.ts'

/** Stands in every encoding but base64 as it is; what is around it in the secret is what encoders stumble over. */
export const core = 'c0ffee8d41d8cd98f00b2'
export const token: string = `p+/ "ü%&=\\${core}?#'`
export const needles: readonly string[] = needlesFor(core)

export const secrets = { api: { token: { type: 'env', key: 'API_TOKEN' } } }

const module = path.join(here, 'e2e/secrets/planted.mjs')
const { undoArguments } = (await import(module)) as { undoArguments: (text: string) => object }

/** What the undo leaves when it got the real secret. */
export const mended: string = createHash('sha256')
  .update(JSON.stringify(undoArguments(token)))
  .digest('hex')

/** A project with an experiment and the functions it calls. */
export async function leakyProject(document: object): Promise<Project> {
  const made = await project({ 'experiment.json': document })
  await copyFile(module, path.join(made.folder, 'planted.mjs'))
  return made
}

/** The environment that holds the secret; `CORE` is one more. */
export function environment(more: Readonly<Record<string, string | undefined>> = {}): {
  env: Record<string, string | undefined>
} {
  return { env: { API_TOKEN: token, CORE: core, ...more } }
}

function call(name: string, func: string, args: object = {}): object {
  const provider = { type: 'node', module: './planted.mjs', func, arguments: { token: '${token}', ...args } }
  return { type: 'action', name, provider: { ...provider, secrets: ['api'] } }
}

/** Every way a secret may come out: environment, arguments, outputs, headers, errors, undo, tolerance, title. */
export function leakyExperiment(url: string): object {
  const encodings =
    'printf "%s\\n" "$API_TOKEN" "$1"; printf %s "user:$API_TOKEN" | base64; printf %s "$1" >&2'
  const print = { type: 'process', path: 'sh', arguments: ['-c', encodings, 'sh', '${token}'] }
  const headers = { authorization: encodeURIComponent(token).replace(core, '${core}') }
  const broken = { type: 'node', module: './planted.mjs', func: 'fail', arguments: { token: '${token}' } }
  return experiment({
    title: 'A run with ${token}',
    secrets: { ...secrets, parts: { core: { type: 'env', key: 'CORE' } } },
    configuration: { broken: { type: 'probe', provider: broken } },
    'steady-state-hypothesis': {
      title: 'It answers',
      probes: [{ type: 'probe', name: 'echo', tolerance: 200, provider: { type: 'http', url, headers } }],
    },
    method: [
      { type: 'action', name: 'print', provider: print },
      shell('print its environment', 'env | grep API_TOKEN; env | grep API_TOKEN >&2'),
      call('fail', 'fail'),
      call('tell', 'tell'),
      call('harm', 'harm', { file: 'harmed' }),
      { type: 'probe', name: 'nobody', provider: { type: 'http', url: 'http://127.0.0.1:1/?t=${token}' } },
      shell('a long line', `printf '%s' '${'x'.repeat(170)}'"$API_TOKEN"`),
      shell('a large output', 'yes "$API_TOKEN" | head -c 30000'),
    ],
    rollbacks: [shell('print again', 'printf "%s" "$API_TOKEN"')],
  })
}

/** How the activities of its method end. */
export const leakyStatuses: readonly string[] = [
  ...['succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded'],
]

/** Does its harm, with the secret in the arguments of the undo, and waits for ever. */
export const waitingExperiment: object = experiment({
  secrets,
  method: [call('harm', 'harm', { file: 'harmed', wait: true })],
})

/** Runs a waiting experiment until it has done its harm, and kills it then. */
export async function killed(dir: Project, { withWatchdog = false } = {}): Promise<Ended> {
  const mark = `SQUALL_TEST_PLACE=${dir.folder}`
  const running = dir.squall(
    ['run', 'experiment.json', '--event-log', 'log'],
    environment({ SQUALL_TEST_PLACE: dir.folder }),
  )
  const harmed = path.join(dir.folder, 'harmed')
  await eventually('the harm', async () => ((await textOf(harmed)) === 'broken' ? true : undefined))
  const watchdog = await eventually('the watchdog', () =>
    processesWith(mark).find(({ command }) => command.includes('watchdog')),
  )
  if (withWatchdog) process.kill(watchdog.pid, 'SIGKILL')
  running.kill('SIGKILL')
  await running
  const isOver = (): true | undefined => (processesWith(mark).length === 0 ? true : undefined)
  await eventually('the end of the watchdog', isOver, 20_000)
  return running
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
