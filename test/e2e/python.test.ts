import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { experiment, type Project, project, shell } from './squall.ts'

const python = (name: string, module: string, func: string, args: object = {}, more: object = {}) => ({
  type: 'action',
  name,
  provider: { type: 'python', module, func, arguments: args },
  ...more,
})

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

const here = { PYTHONPATH: '.' }
const noPython = { PATH: '/nowhere' }

describe('a name that a driver stands in for', () => {
  const files = {
    'e.json': experiment({
      method: [python('ports', 'chaostkex.experiment', 'get_ports', { port_file_path: 'ports.txt' })],
    }),
  }

  it.each([
    { name: 'with Python', env: {} },
    { name: 'without', env: noPython },
  ])('is used where no such module is there: $name', async ({ env }) => {
    await using dir = await project(files)
    const { stdout } = await dir.squall(['plan', 'e.json'], { env })
    expect(stdout).toContain('driver-ports get_ports')
  })

  it('gives way to the module itself', async () => {
    await using dir = await project({
      ...files,
      'chaostkex/__init__.py': '',
      'chaostkex/experiment.py': 'def get_ports(port_file_path):\n    return ["really", port_file_path]\n',
    })
    expect(await dir.squall(['run', 'e.json'], { env: here })).toMatchObject({ exitCode: 0 })
    expect((await journalOf(dir)).run[0].output).toEqual(['really', 'ports.txt'])
  })
})

describe('before a run', () => {
  const needy = experiment({
    'steady-state-hypothesis': {
      title: 'h',
      probes: [{ ...python('pods', 'chaosk8s.pod.probes', 'count_pods'), type: 'probe', tolerance: 1 }],
    },
    method: [
      python('spring', 'chaosspring.actions', 'enable_chaosmonkey'),
      python('own', 'own_probes', 'look'),
    ],
  })

  it('names every missing module, and what to install', async () => {
    await using dir = await project({ 'e.json': needy })
    const { exitCode, stderr } = await dir.squall(['validate', 'e.json'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain("'chaosk8s' cannot be imported")
    expect(stderr).toContain('-m pip install chaostoolkit-kubernetes`')
    expect(stderr).toContain('-m pip install chaostoolkit-spring`')
    expect(stderr).toMatch(/'own_probes' cannot be imported[\s\S]*PYTHONPATH/)
  })

  it('says of a package that is missing once, with every place', async () => {
    const method = ['a', 'b', 'c'].map((name) => python(name, `chaosturbulence.${name}`, 'act'))
    await using dir = await project({ 'e.json': experiment({ method }) })
    const { stderr } = await dir.squall(['validate', 'e.json'])
    expect(stderr.match(/'chaosturbulence' cannot be imported/g)).toHaveLength(1)
    expect(stderr).toMatch(/and at e\.json:\d+:\d+ \(in 'b'\), e\.json:\d+:\d+ \(in 'c'\)\n/)
    expect(stderr).toContain('e.json is not valid: 1 problem.')
    expect(stderr).toContain('pip install git+https://github.com/tmobile/chaostoolkit-turbulence`')
  })

  it('says that there is no Python, with file and activity, when the file needs one', async () => {
    await using dir = await project({ 'e.json': needy, 'other.json': experiment() })
    const { exitCode, stderr } = await dir.squall(['run', 'e.json'], { env: noPython })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/e\.json:\d+:\d+.*There is no Python here: 'python3' was not found\.[\s\S]*'pods'/)
    expect(stderr).toContain('Install Python 3.8 or later')
    expect(await dir.squall(['run', 'other.json'], { env: noPython })).toMatchObject({ exitCode: 0 })
  })

  it('the interpreter is that of --python, of settings, of the virtual environment', async () => {
    await using dir = await project({
      'e.json': experiment({ method: [python('cwd', 'os', 'getcwd')] }),
      'settings.yaml': 'drivers: {options: {python: {interpreter: from-settings}}}\n',
    })
    const says = async (words: readonly string[], env = {}) =>
      (
        await dir.squall([...words.slice(0, -1), 'run', 'e.json', ...words.slice(-1)].filter(Boolean), {
          env,
        })
      ).stderr
    expect(await says(['--settings', 'settings.yaml', ''])).toContain("'from-settings' was not found")
    expect(
      (await dir.squall(['--settings', 'settings.yaml', 'run', '--python', 'from-flag', 'e.json'])).stderr,
    ).toContain("'from-flag' was not found")
  })
})

const lab = `
import os, signal, sys, time
from chaoslib.exit import exit_gracefully, exit_ungracefully

def note(line):
    with open("notes", "a") as notes:
        notes.write(line + "\\n")

def nap(seconds, then="rested"):
    note("nap")
    time.sleep(seconds)
    note(then)
    return then

def leave():
    sys.exit(5)

def gracefully():
    exit_gracefully()

def ungracefully():
    exit_ungracefully()

def by_signal():
    os.kill(os.getpid(), signal.SIGUSR1)
    time.sleep(60)
`

it.each(['before_experiment_control', 'before_hypothesis_control', 'after_activity_control'])(
  'a run that %s interrupts ends with exit code 1, though nothing is left to wait for',
  async (hook) => {
    await using dir = await project({
      'ends.py': `from chaoslib.exceptions import InterruptExecution\ndef ${hook}(context, **kwargs):\n    raise InterruptExecution("enough")\n`,
      'e.json': experiment({
        controls: [{ name: 'ends', provider: { type: 'python', module: 'ends' } }],
        'steady-state-hypothesis': {
          title: 'h',
          probes: [{ ...python('here', 'os', 'getpid'), type: 'probe', tolerance: 'any' }],
        },
        method: [python('here', 'os', 'getcwd')],
      }),
    })
    const { exitCode } = await dir.squall(['run', 'e.json'], { env: here })
    expect({ exitCode, status: (await journalOf(dir)).status }).toEqual({
      exitCode: 1,
      status: 'interrupted',
    })
  },
)

describe('Python code ends the run', () => {
  const rollbacks = [shell('undo', 'touch rolled-back')]

  it.each([
    { func: 'leave', always: true },
    { func: 'gracefully', always: true },
    { func: 'by_signal', always: true },
    { func: 'ungracefully', always: false },
  ])('$func', async ({ func, always }) => {
    await using dir = await project({
      'lab.py': lab,
      'e.json': experiment({
        method: [python('ends', 'lab', func), shell('never', 'touch never')],
        rollbacks,
      }),
    })
    const { exitCode } = await dir.squall(['run', '--rollback-strategy', 'always', 'e.json'], { env: here })
    expect(exitCode).toBe(1)
    const journal = await journalOf(dir)
    expect(journal.status).toBe('interrupted')
    expect(journal.run).toMatchObject([{ output: null }])
    expect(journal.run[0]).not.toHaveProperty('status')
    expect(journal.rollbacks).toHaveLength(always ? 1 : 0)
  })
})

describe('signals', () => {
  async function napping(background: boolean) {
    const dir = await project({
      'lab.py': lab,
      'e.json': experiment({
        method: [
          python('nap', 'lab', 'nap', { seconds: background ? 1.5 : 60 }, { background }),
          shell('meanwhile', background ? 'sleep 60' : 'true'),
        ],
      }),
    })
    const run = dir.squall(['run', 'e.json'], { env: here })
    const notes = () => readFile(path.join(dir.folder, 'notes'), 'utf8').catch(() => '')
    while (!(await notes()).includes('nap')) await setTimeout(20)
    await setTimeout(200)
    return { dir, run, notes }
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s interrupts a Python activity in the foreground',
    async (name) => {
      const { dir, run } = await napping(false)
      await using _ = dir
      run.kill(name)
      expect(await run).toMatchObject({ exitCode: 1 })
      const journal = await journalOf(dir)
      expect(journal.status).toBe('interrupted')
      expect(journal.duration).toBeLessThan(30)
      expect(journal.run[0]).not.toHaveProperty('status')
    },
  )

  it('one in the background is awaited after the first signal, and ended after the second', async () => {
    const first = await napping(true)
    await using _ = first.dir
    first.run.kill('SIGINT')
    await first.run
    expect((await journalOf(first.dir)).run[0]).toMatchObject({ status: 'succeeded', output: 'rested' })

    const second = await napping(true)
    await using __ = second.dir
    second.run.kill('SIGINT')
    await setTimeout(100)
    second.run.kill('SIGINT')
    await second.run
    const journal = await journalOf(second.dir)
    expect(journal.status).toBe('interrupted')
    expect(journal.run[0]).not.toHaveProperty('status')
    expect(await second.notes()).not.toContain('rested')
  })
})

it('what a Python activity registered is undone, also after a crash', async () => {
  const lamps = `
import os, time
from squall import squall_undo
def put_out(file, seconds=0):
    squall_undo("lamps", "light", {"file": os.path.abspath(file)})
    become(file, "dark")
    time.sleep(seconds)
def light(file):
    if open(file).read() == "lit":
        return "not needed"
    become(file, "lit")
def become(file, state):
    # At once, so that nobody sees it half done.
    with open(file + str(os.getpid()), "w") as lamp:
        lamp.write(state)
    os.replace(file + str(os.getpid()), file)
`
  await using dir = await project({
    'lamps.py': lamps,
    lamp: 'lit',
    'e.json': experiment({ method: [python('out', 'lamps', 'put_out', { file: 'lamp' })] }),
    'long.json': experiment({ method: [python('out', 'lamps', 'put_out', { file: 'lamp', seconds: 60 })] }),
  })
  const lamp = () => readFile(path.join(dir.folder, 'lamp'), 'utf8')
  expect(await dir.squall(['run', 'e.json'], { env: here })).toMatchObject({ exitCode: 0 })
  expect((await journalOf(dir)).undo).toMatchObject([{ func: 'call', status: 'undone' }])
  expect(await lamp()).toBe('lit')

  const run = dir.squall(['run', 'long.json'], { env: here })
  while ((await lamp()) !== 'dark') await setTimeout(20)
  run.kill('SIGKILL')
  await run
  // The watchdog does it, or else the next command.
  await dir.squall(['recover'])
  for (let tries = 0; (await lamp()) !== 'lit' && tries < 100; tries += 1) await setTimeout(100)
  expect(await lamp()).toBe('lit')
})

it('a control that checks on its own and logs through logzero works without chaostoolkit-lib', async () => {
  const control = `
from chaoslib.activity import ensure_activity_is_valid, execute_activity
from chaoslib.exceptions import InterruptExecution
from chaoslib.hypothesis import within_tolerance
from logzero import logger

def validate_control(control):
    ensure_activity_is_valid(control["provider"]["arguments"]["probe"])

def before_activity_control(context, probe, experiment=None, configuration=None, secrets=None):
    run = execute_activity({}, probe, configuration, secrets)
    if not within_tolerance(probe["tolerance"], run["output"], configuration, secrets):
        logger.critical("the hall is dark before '%s'", context["name"])
        raise InterruptExecution("no light")
`
  const probe = {
    type: 'probe',
    name: 'light',
    tolerance: true,
    provider: { type: 'python', module: 'os.path', func: 'exists', arguments: { path: '${lamp}' } },
  }
  await using dir = await project({
    'guard.py': control,
    lamp: 'lit',
    'e.json': experiment({
      configuration: { lamp: 'lamp' },
      controls: [{ name: 'guard', provider: { type: 'python', module: 'guard', arguments: { probe } } }],
      method: [shell('put it out', 'rm lamp'), shell('and go', 'true')],
    }),
  })
  const { exitCode, stderr } = await dir.squall(['run', 'e.json'], { env: here })
  expect(exitCode).toBe(1)
  expect(stderr).toContain("the hall is dark before 'and go'")
  const { status, run } = await journalOf(dir)
  expect(status).toBe('interrupted')
  expect(run.map(({ activity }: { activity: { name: string } }) => activity.name)).toEqual(['put it out'])
})
