import { expect, it } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

const uses = `
import multiprocessing
from chaoslib import PayloadEncoder, __version__, convert_vars, decode_bytes, experiment_hash, merge_vars, substitute
from chaoslib.configuration import load_configuration
from chaoslib.discovery import discover_activities
from chaoslib.exceptions import ActivityFailed, ChaosException, FailedActivity
from chaoslib.extension import get_extension, has_extension, merge_extension, remove_extension, set_extension
from chaoslib.log import configure_logger
from chaoslib.notification import RunFlowEvent
from chaoslib.secret import load_secrets
from chaoslib.settings import load_settings, locate_settings_entry
from chaoslib.types import Configuration, Dry, SomethingOfLater

def substituted(data, config=None, secrets_=None):
    return substitute(data, config, secrets_)

def hashed(experiment):
    return [experiment_hash(experiment), experiment_hash(experiment, "sha1")]

def loaded():
    import os
    os.environ["LAMP"] = "7"
    declared = {
        "a": {"type": "env", "key": "LAMP", "env_var_type": "int"},
        "b": {"type": "env", "key": "NOWHERE", "default": "x"},
        "c": [1],
    }
    secrets = {"g": {"t": {"type": "env", "key": "LAMP"}, "plain": 1}}
    return [load_configuration(declared), load_configuration(declared, {"c": 2, "z": 3})["c"], load_secrets(secrets)]

def located():
    settings = {"a.b": {"c": [{"d": 1}]}}
    return [locate_settings_entry(settings, key) for key in ("a\\\\.b.c[0].d", "a\\\\.b.c[0]", "a\\\\.b.c[1]", "a.b")]

def extended():
    experiment = {"extensions": [{"name": "a", "x": 1}]}
    merge_extension(experiment, {"name": "a", "y": 2})
    set_extension(experiment, {"name": "b"})
    remove_extension(experiment, "c")
    return [experiment, has_extension(experiment, "b"), get_extension(experiment, "c")]

def variables():
    return [convert_vars(["n:int=5", "t=a=b", "j:json={}", "x:bool=no"]), merge_vars({"a": 1}, {"b": 2})]

def names():
    return [Dry.from_string("probes").name, RunFlowEvent.RunStarted.value, FailedActivity is ActivityFailed, decode_bytes(b"\\xc3\\xa9"), __version__]

def where():
    import chaoslib
    return chaoslib.__file__

def square(number):
    return number * number

def spawned():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.map(square, [2, 3])
`

it.each([
  {
    func: 'substituted',
    args: {
      data: ['${n}', '$n', 'x${n}', '$$n', '${a.b}', '${gone}', { k: '${l}' }],
      config: { n: 3, l: [1] },
    },
    answer: [3, '3', 'x3', '$n', '${a.b}', '${gone}', { k: [1] }],
  },
  { func: 'substituted', args: { data: '${tok}', secrets_: { g: { tok: 'T' } } }, answer: 'T' },
  { func: 'loaded', answer: [{ a: 7, b: 'x', c: [1] }, 2, { g: { t: '7', plain: 1 } }] },
  { func: 'extended', answer: [{ extensions: [{ name: 'a', x: 1, y: 2 }, { name: 'b' }] }, true, null] },
  {
    func: 'located',
    answer: [[{ d: 1 }, 1, 'd', null], [[{ d: 1 }], { d: 1 }, 'c', 0], null, null],
  },
  {
    func: 'variables',
    answer: [
      { n: 5, t: 'a=b', j: {}, x: false },
      { a: 1, b: 2 },
    ],
  },
  { func: 'names', answer: ['PROBES', 'run-started', true, '\u00e9', '1.45.0'] },
  {
    func: 'hashed',
    args: { experiment: { b: 1, a: 'é' } },
    answer: [expect.stringMatching(/^[0-9a-f]{24}$/), expect.stringMatching(/^[0-9a-f]{40}$/)],
  },
  { func: 'spawned', answer: [4, 9] },
])('what stands in for chaoslib: $func $args', async ({ func, args = {}, answer }) => {
  const { run } = await pythonPlace({ 'uses.py': uses })
  expect(await run({ module: 'uses', func, arguments: args as never })).toEqual(answer)
})

it('gives way to the real one', async () => {
  const files = {
    'chaoslib/__init__.py': '',
    'chaoslib/exceptions.py': 'class InterruptExecution(Exception):\n    pass\n',
    'real.py':
      'import chaoslib.exceptions as e\ndef where():\n    return e.__file__\ndef fail():\n    raise e.InterruptExecution("a")\n',
  }
  const { run, folder } = await pythonPlace(files)
  expect(await run({ module: 'real', func: 'where' })).toBe(`${folder}/chaoslib/exceptions.py`)
  await expect(run({ module: 'real', func: 'fail' }, new RememberingContext())).rejects.toThrow(
    'chaoslib.exceptions.InterruptExecution: a',
  )
})
