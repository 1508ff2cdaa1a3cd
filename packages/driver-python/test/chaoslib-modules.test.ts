import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

// In the shape of published extensions. Where chaostoolkit-lib is installed, the same tests try the real one.
const files = {
  'chaoslamps/__init__.py': `
from typing import List
from chaoslib.discovery.discover import discover_actions, discover_probes, initialize_discovery_result
from chaoslib.exceptions import DiscoveryFailed
from chaoslib.types import DiscoveredActivities, DiscoveredSystemInfo, Discovery
from logzero import logger

__version__ = "0.1.0"

def discover(discover_system: bool = True) -> Discovery:
    logger.info("Discovering lamps")
    found = initialize_discovery_result("chaostoolkit-lamps", __version__, "lamps")
    found["activities"].extend(load())
    return found

def load() -> List[DiscoveredActivities]:
    return [*discover_probes("chaoslamps.probes"), *discover_actions("chaoslamps.actions")]
`,
  'chaoslamps/probes.py': `
from chaoslib.types import Configuration, Secrets
__all__ = ["watts"]

def watts(room: str = "hall", configuration: Configuration = None, secrets: Secrets = None) -> int:
    return {"hall": 40}[room]
`,
  'chaoslamps/actions.py': `
import logzero
from logzero import logger
from chaoslib.exceptions import ActivityFailed
from chaoslib.types import Configuration, Secrets
__all__ = ["put_out"]

def put_out(room: str, configuration: Configuration = None, secrets: Secrets = None) -> bool:
    logger.debug("debugging %s", room)
    logger.warning("going dark in %s", room)
    if room == "nowhere":
        raise ActivityFailed("no such room")
    return True
`,
  'chaosguards/__init__.py': '',
  'chaosguards/controls.py': `
import logging
from concurrent.futures import ThreadPoolExecutor
from chaoslib.activity import ensure_activity_is_valid, execute_activity, get_all_activities_in_experiment, run_activity
from chaoslib.caching import lookup_activity, with_cache
from chaoslib.control import Control, controls, validate_controls
from chaoslib.exceptions import ActivityFailed, InvalidActivity, InvalidControl
from chaoslib.exit import exit_gracefully
from chaoslib.hypothesis import ensure_hypothesis_tolerance_is_valid, run_steady_state_hypothesis, within_tolerance
from chaoslib.run import EventHandlerRegistry, RunEventHandler
from chaoslib.rollback import run_rollbacks
from chaoslib.types import Experiment, Probe

seen = []

def before_activity_control(context, mark, state=None, **kwargs):
    seen.append(["before", context["name"], mark, state])

def after_activity_control(context, state, mark, **kwargs):
    seen.append(["after", context["name"], mark, state["status"]])

def probe(name="watts", tolerance=40, **arguments):
    provider = {"type": "python", "module": "chaoslamps.probes", "func": "watts", "arguments": arguments}
    return {"type": "probe", "name": name, "tolerance": tolerance, "provider": provider}

def action(**arguments):
    provider = {"type": "python", "module": "chaoslamps.actions", "func": "put_out", "arguments": arguments}
    return {"type": "action", "name": "put out", "provider": provider}

def guard(tolerance):
    safeguard = probe(tolerance=tolerance, room="\${room}")
    ensure_activity_is_valid(safeguard)
    ensure_hypothesis_tolerance_is_valid(tolerance)
    run = execute_activity({}, safeguard, {"room": "hall"}, {}, dry=None)
    return [run["status"], run["output"], within_tolerance(tolerance, run["output"], {}, {}), sorted(run)]

def controlled():
    del seen[:]
    control = {"name": "c", "provider": {"type": "python", "module": "chaosguards.controls", "arguments": {"mark": "\${m}"}}}
    experiment = {"controls": [control], "method": [action(room="hall")]}
    validate_controls(experiment)
    execute_activity(experiment, experiment["method"][0], {"m": 1}, {}, dry=None)
    return seen

def steady(room):
    hypothesis = {"title": "lit", "probes": [probe(room="hall"), probe("second", 41, room=room), probe("third")]}
    state = run_steady_state_hypothesis({"steady-state-hypothesis": hypothesis}, {}, {}, dry=None)
    return [state["steady_state_met"], [[run["status"], run["tolerance_met"]] for run in state["probes"]]]

def rolled_back():
    experiment = {"rollbacks": [action(room="hall"), dict(action(room="nowhere"), background=True)]}
    with ThreadPoolExecutor(1) as pool:
        runs = list(run_rollbacks(experiment, {}, {}, pool, None))
        return [(run if isinstance(run, dict) else run.result())["status"] for run in runs]

def refused():
    found = []
    for wrong in ({}, {"type": "probe"}, dict(probe(), provider={"type": "magic"}), probe(size=3), dict(probe(), background="yes"),
                  {"type": "probe", "name": "p", "provider": {"type": "process", "path": "no-such-program-here"}}):
        try:
            ensure_activity_is_valid(wrong)
            found.append(None)
        except InvalidActivity:
            found.append("InvalidActivity")
    return found

@with_cache
def referred(experiment):
    return lookup_activity("put out")["type"]

def looked_up():
    return [referred(experiment={"method": [action(room="hall")]}), lookup_activity("put out")]

class Handler(RunEventHandler):
    def started(self, experiment, journal):
        seen.append(["started", experiment["title"]])

    def finish(self, journal):
        raise ValueError("told nobody")

def events():
    del seen[:]
    registry = EventHandlerRegistry()
    registry.register(Handler())
    registry.started({"title": "t"}, {})
    registry.finish({})
    registry.start_cooldown(3)
    return seen

def judged():
    value = {"status": 200, "body": "lamp 40", "stdout": "3.5\\n"}
    tolerances = [200, [200, 201], True, "x", {"type": "regex", "target": "body", "pattern": "^lamp \\\\d+$"},
                  {"type": "range", "target": "stdout", "range": [3, 4]}, [404]]
    return [within_tolerance(tolerance, value) for tolerance in tolerances] + [within_tolerance([1, 5], 3), within_tolerance([1, 2, 5], 3)]
`,
  'chaostells.py': `
import os
import tempfile
from chaoslib.deprecation import warn_about_deprecated_features
from chaoslib.exceptions import ChaosException, InvalidExperiment, InvalidSource
from chaoslib.experiment import ensure_experiment_is_valid, run_experiment
from chaoslib.control import load_global_controls
from chaoslib.info import list_extensions
from chaoslib.loader import load_experiment
from chaoslib.notification import DiscoverFlowEvent, RunFlowEvent, notify
from chaoslib.provider.http import run_http_activity
from chaoslib.provider.process import run_process_activity
from chaoslib.provider.python import run_python_activity
from chaoslib.run import Runner
from chaoslib.settings import get_loaded_settings
from chaoslib.configuration import load_dynamic_configuration

told = []

def notify_me(channel, payload):
    told.append([channel["to"], payload["name"], payload["phase"], payload["payload"]])

def tells():
    channel = {"type": "plugin", "module": "chaostells", "func": "notify_me", "to": "me", "events": ["run-failed"]}
    notify({"notifications": [channel]}, RunFlowEvent.RunStarted, {"title": "t"})
    notify({"notifications": [channel]}, RunFlowEvent.RunFailed, {"title": "t"})
    return told

def asks(url):
    def ask(**provider):
        answer = run_http_activity({"name": "ask", "provider": dict({"type": "http", "url": url}, **provider)}, {"w": "lamp"}, {})
        return [answer["status"], answer["body"], answer["headers"]["X-Two"]]
    return [
        ask(arguments={"q": ["a", "\${w}"]}),
        ask(method="POST", headers={"Content-Type": "application/json"}, arguments={"q": 1}),
        ask(method="PUT", arguments={"q": "é"}, timeout=[3, 5]),
    ]

def starts():
    def start(arguments, **more):
        return run_process_activity({"name": "start", "provider": dict({"type": "process", "path": "sh", "arguments": arguments}, **more)}, {}, {})
    return [start(["-c", "echo $0 >&2; exit 3", "lamp", "", None]), start("-c 'echo \\"a  b\\"'")["stdout"]]

def fails():
    return run_process_activity({"name": "start", "provider": {"type": "process", "path": "sleep", "arguments": "5", "timeout": 0.2}}, {}, {})

def dynamic():
    provider = {"type": "process", "path": "echo", "arguments": ["\${room}!"]}
    config = {"room": "hall", "said": {"type": "probe", "name": "say", "provider": provider}}
    return load_dynamic_configuration(config, {})

def loads():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "e.json")
        with open(path, "w") as file:
            file.write('{"title": "t", "description": "d", "method": []}')
        experiment = load_experiment(path)
    ensure_experiment_is_valid(experiment)
    found = []
    for broken in (dict(experiment, title=""), {"title": "t", "description": "d"}, dict(experiment, tags=[""])):
        try:
            ensure_experiment_is_valid(broken)
            found.append(None)
        except InvalidExperiment:
            found.append("InvalidExperiment")
    try:
        load_experiment("nowhere.json")
    except InvalidSource:
        found.append("InvalidSource")
    return [experiment["title"], found]

def runs_itself():
    try:
        Runner(None)
        return "real"
    except ChaosException as error:
        return str(error)
`,
}

const run = async (module: string, func: string, args: object = {}, context = new RememberingContext()) =>
  (await pythonPlace(files)).run({ module, func, arguments: args as never }, context)

it('lets an extension discover itself, and log through logzero', async () => {
  const context = new RememberingContext()
  const found = (await run('chaoslamps', 'discover', {}, context)) as {
    activities: { name: string; type: string }[]
  }
  expect(found.activities.map(({ name, type }) => [name, type])).toEqual([
    ['watts', 'probe'],
    ['put_out', 'action'],
  ])
  expect(context.logged.join('\n')).toContain('Discovering lamps')
})

it('logs with its levels, and fails as the extension says', async () => {
  const context = new RememberingContext()
  const failing = run('chaoslamps.actions', 'put_out', { room: 'nowhere' }, context)
  await expect(failing).rejects.toThrow('chaoslib.exceptions.ActivityFailed: no such room')
  expect(context.logged.join('\n')).toMatch(/debug.* debugging nowhere\n.*warn.* going dark in nowhere/)
})

const entry = ['activity', 'duration', 'end', 'output', 'start', 'status']
const guards = 'chaosguards.controls'
it.each([
  { func: 'guard', args: { tolerance: 40 }, answer: ['succeeded', 40, true, entry] },
  { func: 'guard', args: { tolerance: [1, 5] }, answer: ['succeeded', 40, false, entry] },
  {
    func: 'controlled',
    answer: [
      ['before', 'put out', 1, null],
      ['after', 'put out', 1, 'succeeded'],
    ],
  },
  {
    func: 'steady',
    args: { room: 'hall' },
    answer: [
      false,
      [
        ['succeeded', true],
        ['succeeded', false],
      ],
    ],
  },
  {
    func: 'steady',
    args: { room: 'attic' },
    answer: [
      false,
      [
        ['succeeded', true],
        ['failed', false],
      ],
    ],
  },
  { func: 'rolled_back', answer: ['succeeded', 'failed'] },
  { func: 'refused', answer: Array(6).fill('InvalidActivity') },
  { func: 'looked_up', answer: ['action', null] },
  { func: 'events', answer: [['started', 't']] },
  { func: 'judged', answer: [true, true, false, false, true, true, false, true, false] },
])('a control that checks on its own: $func $args', async ({ func, args = {}, answer }) => {
  expect(await run(guards, func, args)).toEqual(answer)
})

it.each([
  { func: 'tells', answer: [['me', 'run-failed', 'run', { title: 't' }]] },
  { func: 'starts', answer: [{ status: 3, stdout: '', stderr: 'lamp\n' }, 'a  b\n'] },
  { func: 'dynamic', answer: { room: 'hall', said: 'hall!' } },
  { func: 'loads', answer: ['t', [...Array(3).fill('InvalidExperiment'), 'InvalidSource']] },
])('what tools build on: $func', async ({ func, answer }) => {
  expect(await run('chaostells', func)).toEqual(answer)
})

it('sends requests as an experiment does', async () => {
  const server = createServer((request, answer) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      answer.setHeader('X-Two', ['1', '2'])
      answer.setHeader('Content-Type', request.method === 'PUT' ? 'text/plain' : 'application/json')
      answer.statusCode = request.method === 'POST' ? 503 : 200
      answer.end(JSON.stringify([request.method, request.url, body]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
  expect(await run('chaostells', 'asks', { url })).toEqual([
    [200, ['GET', '/x?q=a&q=lamp', ''], '1, 2'],
    [503, ['POST', '/x', '{"q": 1}'], '1, 2'],
    [200, '["PUT","/x","q=%C3%A9"]', '1, 2'],
  ])
})

it('ends a program that takes too long', async () => {
  await expect(run('chaostells', 'fails')).rejects.toThrow('process activity took too long to complete')
})

it('says which package has what only the real library can do', async () => {
  expect(await run('chaostells', 'runs_itself')).toMatch(/^real$|pip install chaostoolkit-lib$/)
})
