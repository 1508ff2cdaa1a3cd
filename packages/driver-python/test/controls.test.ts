import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject, JsonValue, RunEvent } from '@squall/contract'
import { expect, it } from 'vitest'
import { controlPlace, TestDocument } from './control-place.ts'

const activity = (name: string): JsonObject => ({
  type: 'action',
  name,
  provider: { type: 'process', arguments: ['a'] },
})
const experiment = (count = 3): JsonObject => ({
  title: 'Lamps',
  extensions: [{ name: 'vendor' }],
  'steady-state-hypothesis': { title: 'lit', probes: [activity('look')] },
  method: Array.from({ length: count }, (_, index) => activity(`act ${index}`)),
  rollbacks: [],
})

const meddle = `
kept = {}

def configure_control(experiment=None, configuration=None, secrets=None, settings=None, tag=None):
    kept.update(experiment=experiment, tag=tag)
    configuration["configured"] = [tag, settings, secrets["group"]["token"]]

def cleanup_control():
    with open("notes", "a") as notes:
        notes.write("cleaned up\\n")

def before_experiment_control(context, experiment=None, extensions=None, **kwargs):
    assert context is experiment and kept["experiment"] is experiment
    extensions[0]["seen"] = True
    context["title"] = "Changed"
    experiment["method"].insert(0, {"type": "probe", "name": "new", "provider": {}})
    experiment["method"][2]["name"] = "renamed"
    del experiment["method"][1]["provider"]["arguments"]

def before_hypothesis_control(context, **kwargs):
    context["title"] = "not lit"
    context["probes"].append({"name": "second"})

def before_activity_control(context, experiment=None, number=0, **kwargs):
    context["provider"]["arguments"][0] = 1
    context["is_shared"] = any(context is item for item in experiment["method"])
    context["number"] = number + 1

def after_activity_control(context, state, configuration=None):
    state["output"]["words"][1:] = ["x", "y"]
    state["status"] = "failed"
    configuration.clear()
    configuration.update(only=True)

def before_method_control(context):
    # Held on to since it was configured.
    kept["experiment"]["method"].pop()

def after_method_control(context, state, **kwargs):
    state.append({"added": (1, None)})
    state[0].pop("gone", None)
`

async function meddling(count = 3) {
  const place = await controlPlace({ 'meddle.py': meddle }, experiment(count))
  return { ...place, control: await place.open('meddle') }
}

it('has the hooks that its module has', async () => {
  const { control } = await meddling()
  expect(Object.keys(control.hooks).sort()).toEqual([
    'after-activity',
    'after-method',
    'before-activity',
    'before-experiment',
    'before-hypothesis',
    'before-method',
  ])
})

// A large experiment is tracked in Python, a small one is compared.
for (const count of [3, 1000]) {
  it(`changes the documents of a run in place: ${count} activities`, async () => {
    const { control, documents, hook, folder } = await meddling(count)
    const method = documents.experiment.original['method'] as JsonObject[]
    const [first, second] = method
    await control.configure?.({ arguments: { tag: '<${label}>' }, ...documents })
    expect(documents.configuration.original['configured']).toEqual(['<${label}>', { plugin: 5 }, 't'])

    await hook(control, 'before-experiment', documents.experiment)
    expect(documents.experiment.original).toMatchObject({
      title: 'Changed',
      extensions: [{ name: 'vendor', seen: true }],
    })
    expect(method).toHaveLength(count + 1)
    expect(method[0]).toEqual({ type: 'probe', name: 'new', provider: {} })
    expect(method[1]).toBe(first)
    expect(first).toEqual({ type: 'action', name: 'act 0', provider: { type: 'process' } })
    expect(method[2]).toBe(second)
    expect(second).toMatchObject({ name: 'renamed' })

    const hypothesis = documents.experiment.original['steady-state-hypothesis'] as JsonObject
    await hook(control, 'before-hypothesis', documents.experiment.part(hypothesis))
    expect(hypothesis).toMatchObject({ title: 'not lit', probes: [{ name: 'look' }, { name: 'second' }] })

    for (const index of [2, 3]) {
      const around = documents.experiment.part(method[index] as JsonObject)
      await hook(control, 'before-activity', around, { arguments: { number: index } })
      expect(method[index]).toMatchObject({
        is_shared: true,
        number: index + 1,
        provider: { arguments: [1] },
      })
    }

    await hook(control, 'before-method', documents.experiment)
    expect(method).toHaveLength(count)

    const state = new TestDocument<JsonValue>({ output: { words: ['a', 'b', 'c'] }, status: 'succeeded' })
    await hook(control, 'after-activity', documents.experiment.part(method[2] as JsonObject), { state })
    expect(state.original).toEqual({ output: { words: ['a', 'x', 'y'] }, status: 'failed' })
    expect(documents.configuration.original).toEqual({ only: true })

    const runs = new TestDocument<JsonValue>([{ gone: 1, stays: 2 }])
    await hook(control, 'after-method', documents.experiment, { state: runs })
    expect(runs.original).toEqual([{ stays: 2 }, { added: [1, null] }])
    await control.cleanup?.()
    expect(await readFile(path.join(folder, 'notes'), 'utf8')).toBe('cleaned up\n')
  })

  it(`sees what others change: ${count} activities`, async () => {
    const look = `
held = []
def configure_control(experiment):
    held.append(experiment)
def before_activity_control(context, experiment=None, configuration=None):
    context["seen"] = [held[0]["title"], experiment["method"][1]["name"], len(experiment["method"]), configuration]
`
    const { open, hook, documents } = await controlPlace({ 'look.py': look }, experiment(count))
    const control = await open('look')
    await control.configure?.({ arguments: {}, ...documents })
    const method = documents.experiment.value['method'] as JsonObject[]
    documents.experiment.value['title'] = 'By others'
    ;(method[1] as JsonObject)['name'] = 'also'
    method.push(activity('last'))
    delete documents.configuration.value['region']
    const [first] = documents.experiment.original['method'] as JsonObject[]
    await hook(control, 'before-activity', documents.experiment.part(first as JsonObject))
    expect(first).toMatchObject({ seen: ['By others', 'also', count + 1, {}] })
  })
}

const errors = `
from chaoslib.exceptions import InterruptExecution
from chaoslib.exit import exit_gracefully
import sys

class OurOwn(InterruptExecution):
    pass

def before_activity_control(context, how=None, **kwargs):
    context["touched"] = True
    if how == "interrupt":
        raise InterruptExecution("enough")
    if how == "subclass":
        raise OurOwn("enough")
    if how == "exit":
        sys.exit(30)
    if how == "graceful":
        exit_gracefully()
    if how == "set":
        context["bad"] = {1}
    raise KeyError("oops")
`

it.each([
  {
    how: 'interrupt',
    code: 'SQUALL_CONTROL_INTERRUPTED',
    message: 'A control ended the run: enough.',
    interrupts: [],
  },
  {
    how: 'subclass',
    code: 'SQUALL_CONTROL_INTERRUPTED',
    message: 'A control ended the run: enough.',
    interrupts: [],
  },
  {
    how: 'exit',
    code: 'SQUALL_CONTROL_INTERRUPTED',
    message: /raised SystemExit\(30\)/,
    interrupts: ['ungraceful'],
  },
  { how: 'graceful', code: 'SQUALL_CONTROL_INTERRUPTED', message: /raised SystemExit\(20\)/, interrupts: [] },
  { how: 'other', message: "KeyError: 'oops'", interrupts: [] },
])(
  'an error of a hook, $how, keeps what the hook changed before',
  async ({ how, code, message, interrupts }) => {
    const { open, hook, documents, host } = await controlPlace({ 'errors.py': errors }, experiment())
    const control = await open('errors')
    const around = new TestDocument<JsonObject>(activity('a'))
    const failed = await hook(control, 'before-activity', around, { arguments: { how } }).catch(
      (error) => error,
    )
    if (code !== undefined) expect(failed).toMatchObject({ code })
    expect(failed.message).toMatch(message)
    expect(around.original['touched']).toBe(true)
    expect(host.interrupts).toEqual(interrupts)
    expect(documents.experiment.original).toEqual(experiment())
  },
)

it('what a hook puts in that is no JSON is an error that names it', async () => {
  const { open, hook } = await controlPlace({ 'errors.py': errors }, experiment())
  const around = new TestDocument<JsonObject>(activity('a'))
  await expect(
    hook(await open('errors'), 'before-activity', around, { arguments: { how: 'set' } }),
  ).rejects.toThrow('a set')
})

it('only the enumeration makes a control skip an activity', async () => {
  const skip = `
from chaoslib.types import Dry
def before_activity_control(context, value=None):
    context["dry"] = Dry.from_string(value) if value else True
`
  const { open, hook } = await controlPlace({ 'skip.py': skip }, experiment())
  const control = await open('skip')
  const skipped: unknown[] = []
  for (const value of ['activities', 'actions', 'probes', 'pause', null])
    await hook(control, 'before-activity', new TestDocument(activity('a')), {
      arguments: { value },
      skip: () => void skipped.push(value),
    })
  expect(skipped).toEqual(['activities', 'actions'])
})

it('loader hooks get the source, then what was read', async () => {
  const loader = `
def before_loading_experiment_control(context, settings=None):
    settings["source"] = context
def after_loading_experiment_control(context, state, experiment=None, **kwargs):
    state["title"] = [state["title"], context, experiment]
`
  const { open, hook, documents } = await controlPlace({ 'loader.py': loader }, experiment())
  const control = await open('loader')
  const source = { value: 'experiment.json', revision: 0 }
  const state = new TestDocument<JsonObject>({ title: 'Lamps' })
  await hook(control, 'before-loader', source, { experiment: null })
  await hook(control, 'after-loader', source, { experiment: null, state })
  expect(documents.settings.original['source']).toBe('experiment.json')
  expect(state.original['title']).toEqual(['Lamps', 'experiment.json', null])
})

it('two controls of one module share its state, as in one process', async () => {
  const shared = `
seen = []
def before_activity_control(context, tag=None):
    seen.append(tag)
    context["seen"] = list(seen)
`
  const { open, hook } = await controlPlace({ 'shared.py': shared }, experiment())
  const around = new TestDocument<JsonObject>(activity('a'))
  for (const tag of ['one', 'two'])
    await hook(await open('shared', tag), 'before-activity', around, { arguments: { tag } })
  expect(around.original['seen']).toEqual(['one', 'two'])
})

it.each([
  { module: 'no_such_control', level: 'warning', message: "there is no module 'no_such_control'" },
  { module: 'refusing', message: 'ValueError: not like this' },
  { module: 'fine' },
  { module: '', message: "needs a 'module'" },
])('checks a declaration of $module', async ({ module, level, message }) => {
  const files = {
    'refusing.py':
      'def validate_control(control):\n    raise ValueError("not like %s" % ("this" if control["name"] == "c" else "that"))\n',
    'fine.py': 'def validate_control(control):\n    pass\n',
  }
  const { python } = await controlPlace(files, experiment())
  const declaration = { name: 'c', provider: { type: 'python', module }, isGlobal: false }
  const issues = await python.controls?.validate?.(declaration, { directory: '.', options: {} })
  expect(issues).toHaveLength(message === undefined ? 0 : 1)
  if (message !== undefined) expect(issues?.[0]?.message).toContain(message)
  expect(issues?.[0]?.level).toBe(level)
})

it('cannot open a control whose module is not there', async () => {
  const { open } = await controlPlace({}, experiment())
  await expect(open('no_such_control')).rejects.toMatchObject({ code: 'SQUALL_PYTHON_IMPORT' })
})

it('keeps the process of a control when a function does not listen to an abort', async () => {
  const files = {
    'counting.py':
      'count = 0\ndef before_activity_control(context):\n    global count\n    count += 1\n    context["count"] = count\n',
    'deaf.py':
      'import time\ndef deaf():\n    while True:\n        try:\n            time.sleep(60)\n        except BaseException:\n            pass\n',
  }
  const { open, hook, run } = await controlPlace(files, experiment())
  const control = await open('counting')
  const around = new TestDocument<JsonObject>(activity('a'))
  await hook(control, 'before-activity', around)
  const abort = new AbortController()
  const { RememberingContext } = await import('./python-place.ts')
  const deaf = run({ module: 'deaf', func: 'deaf' }, new RememberingContext(abort.signal), {
    background: true,
  })
  abort.abort(new Error('enough'))
  await expect(deaf).rejects.toThrow('enough')
  await hook(control, 'before-activity', around)
  expect(around.original['count']).toBe(2)
})

it('handlers that a control registers are told what happens', async () => {
  const listening = `
from chaoslib.run import RunEventHandler

class Handler(RunEventHandler):
    def __init__(self):
        self.seen = []
    def running(self, experiment, journal, configuration, secrets, schedule, settings):
        self.seen.append(["running", experiment["title"], configuration["region"], schedule.continuous_hypothesis_frequency])
    def start_hypothesis_before(self, experiment):
        self.seen.append(["start_hypothesis_before"])
    def hypothesis_before_completed(self, experiment, state, journal):
        self.seen.append(["hypothesis_before_completed", state["steady_state_met"], len(state["probes"])])
    def start_activity(self, activity):
        self.seen.append(["start", activity["name"]])
    def activity_completed(self, activity, run):
        self.seen.append(["completed", activity["name"], run["status"], run["output"]])
        raise ValueError("nobody minds")
    def interrupted(self, experiment, journal):
        self.seen.append(["interrupted"])
    def finish(self, journal):
        self.seen.append(["finish", journal["status"], [run["activity"]["name"] for run in journal["run"]]])
        with open("seen", "w") as file:
            file.write(repr(self.seen))

def configure_control(experiment, configuration, event_registry=None):
    event_registry.register(Handler())
`
  const { open, documents, driver, folder, host } = await controlPlace(
    { 'listening.py': listening },
    experiment(),
  )
  const control = await open('listening')
  await control.configure?.({ arguments: {}, ...documents })
  let seq = 0
  const tell = (body: object) => {
    seq += 1
    control.onEvent?.({ seq, time: 1_700_000_000_000, ...body } as RunEvent)
  }
  const started = (id: number, phase: string, name: string) =>
    tell({ type: 'activity-started', id, phase, check: 0, background: false, activity: { name } })
  const completed = (id: number) =>
    tell({ type: 'activity-completed', id, status: 'succeeded', output: id, duration: 0.5 })
  tell({ type: 'hypothesis-started', phase: 'before', title: 't', check: 0 })
  started(1, 'before', 'look')
  completed(1)
  tell({ type: 'hypothesis-completed', phase: 'before', check: 0, met: true })
  started(2, 'method', 'act')
  completed(2)
  tell({ type: 'interrupted', by: 'a control' })
  tell({ type: 'run-completed', status: 'interrupted', deviated: false, duration: 1 })
  await driver.close()
  expect(host.logged.filter((line) => line.includes('did not see'))).toEqual([])
  expect(await readFile(path.join(folder, 'seen'), 'utf8')).toBe(
    "[['running', 'Lamps', 'north', 1.0], ['start_hypothesis_before'], ['start', 'look'], ['completed', 'look', 'succeeded', 1], " +
      "['hypothesis_before_completed', True, 1], ['start', 'act'], ['completed', 'act', 'succeeded', 2], ['interrupted'], " +
      "['finish', 'interrupted', ['act']]]",
  )
})
