import { type JsonObject, type JsonValue, jsonText, parseJson, putValue } from '@squall/contract'
import { expect, it } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

const lamps = `
import datetime, decimal, logging, uuid
from chaoslib.exceptions import ActivityFailed
from chaoslib.types import Configuration, Secrets

logger = logging.getLogger("chaostoolkit")

def say(word, times=1, *, end="."):
    return word * times + end

def extra(a, **kwargs):
    return {"a": a, **kwargs}

def injected(configuration: Configuration = None, secrets: Secrets = None):
    return [configuration, secrets]

def give(kind):
    return {
        "none": None,
        "tuple": (1, (2,)),
        "date": datetime.date(2024, 5, 6),
        "datetime": datetime.datetime(2024, 5, 6, 7, 8, 9),
        "decimal": decimal.Decimal("1.50"),
        "uuid": uuid.UUID(int=5),
        "keys": {1: "a", None: "b", True: "c"},
        "text": "\\u00e9\\u4e2d\\ud800",
        "line ends": "a\\nb\\u2028c",
        "nan": [float("nan"), {"up": float("inf")}, -float("inf")],
        "set": {"deep": [{1}]},
        "bytes": b"raw",
        "itself": CIRCLE,
        "key": {(1, 2): 3},
        "huge": 10 ** 5000,
    }[kind]

CIRCLE = []
CIRCLE.append(CIRCLE)

def fail(kind):
    if kind == "politely":
        raise ActivityFailed("not today")
    if kind == "lines":
        raise ValueError("one\\ntwo")
    raise {"value": ValueError, "key": KeyError}[kind]("bang")

def talk():
    logger.debug("a")
    logger.info("b %s", 1)
    logger.warning("c")
    logger.error("d")
    print("e")
    print("f", end="")

async def later():
    return 1

class Thing:
    pass
`

it.each<{ func: string; args?: Record<string, JsonValue>; more?: object; answer: unknown }>([
  { func: 'say', args: { word: 'ho' }, answer: 'ho.' },
  { func: 'say', args: { word: 'ho', times: 3, end: '!' }, answer: 'hohoho!' },
  { func: 'extra', args: { a: 1, b: [2], c: null }, answer: { a: 1, b: [2], c: null } },
  { func: 'injected', answer: [{ region: 'north' }, null] },
  { func: 'injected', more: { secrets: ['any'] }, answer: [{ region: 'north' }, { token: 'of the test' }] },
  { func: 'injected', args: { secrets: 5, configuration: 6 }, answer: [{ region: 'north' }, 5] },
  { func: 'give', args: { kind: 'none' }, answer: null },
  { func: 'give', args: { kind: 'tuple' }, answer: [1, [2]] },
  { func: 'give', args: { kind: 'date' }, answer: '2024-05-06' },
  { func: 'give', args: { kind: 'datetime' }, answer: '2024-05-06T07:08:09' },
  { func: 'give', args: { kind: 'decimal' }, answer: '1.50' },
  { func: 'give', args: { kind: 'uuid' }, answer: '00000000-0000-0000-0000-000000000005' },
  { func: 'give', args: { kind: 'keys' }, answer: { 1: 'c', null: 'b' } },
  { func: 'give', args: { kind: 'text' }, answer: '\u00e9\u4e2d\ud800' },
  { func: 'give', args: { kind: 'line ends' }, answer: 'a\nb\u2028c' },
])('calls $func with $args', async ({ func, args = {}, more = {}, answer }) => {
  const { run } = await pythonPlace({ 'lamps.py': lamps })
  expect(await run({ module: 'lamps', func, arguments: args, ...more })).toEqual(answer)
})

it.each([
  {
    func: 'fail',
    args: { kind: 'value' },
    message: 'ValueError: bang',
    last: 'chaoslib.exceptions.ActivityFailed: ValueError: bang\n',
  },
  {
    func: 'fail',
    args: { kind: 'key' },
    message: "KeyError: 'bang'",
    last: "chaoslib.exceptions.ActivityFailed: KeyError: 'bang'\n",
  },
  { func: 'fail', args: { kind: 'politely' }, message: 'chaoslib.exceptions.ActivityFailed: not today' },
  { func: 'fail', args: { kind: 'lines' }, message: 'ValueError: one\ntwo' },
  {
    func: 'give',
    args: { kind: 'set' },
    message: "'give' of 'lamps' answered with a set at 'deep[0]', which is not JSON.",
  },
  {
    func: 'give',
    args: { kind: 'bytes' },
    message: "'give' of 'lamps' answered with a bytes, which is not JSON.",
  },
  {
    func: 'give',
    args: { kind: 'itself' },
    message: "'give' of 'lamps' answered with an object that contains itself, which is not JSON.",
  },
  {
    func: 'give',
    args: { kind: 'key' },
    message: "'give' of 'lamps' answered with a tuple as a key, which is not JSON.",
  },
  { func: 'later', args: {}, message: "'later' of 'lamps' answered with a coroutine, which is not JSON." },
  { func: 'say', args: {}, message: "TypeError: say() missing 1 required positional argument: 'word'" },
])('fails the activity: $func with $args', async ({ func, args, message, last }) => {
  const { run } = await pythonPlace({ 'lamps.py': lamps })
  const failed = await run({ module: 'lamps', func, arguments: args }).catch((error) => error)
  expect(failed).toMatchObject({ code: 'SQUALL_ACTIVITY_FAILED', message })
  if (last !== undefined) {
    expect(failed.trace[0]).toBe('Traceback (most recent call last):\n')
    expect(failed.trace[1]).toMatch(/lamps\.py", line \d+, in fail\n/)
    expect(failed.trace.at(-1)).toBe(last)
  }
})

it.each([
  { module: 'lamps', func: 'dance', code: 'SQUALL_PYTHON_FUNCTION', hint: /^It has .*say/ },
  { module: 'lamps.deep', func: 'a', code: 'SQUALL_PYTHON_IMPORT' },
  {
    module: 'chaosk8s.pod.actions',
    func: 'a',
    code: 'SQUALL_PYTHON_IMPORT',
    hint: /pip install chaostoolkit-kubernetes`/,
  },
  { module: 'broken', func: 'a', code: 'SQUALL_PYTHON_IMPORT', message: /SyntaxError/ },
  { module: 'leaves', func: 'a', code: 'SQUALL_PYTHON_IMPORT', message: /SystemExit: 4/ },
])('cannot call $func of $module at all', async ({ module, func, code, hint, message }) => {
  const { run } = await pythonPlace({
    'lamps.py': lamps,
    'broken.py': 'def',
    'leaves.py': 'raise SystemExit(4)',
  })
  const failed = await run({ module, func }).catch((error) => error)
  expect(failed).toMatchObject({ code })
  if (hint) expect(failed.hint).toMatch(hint)
  if (message) expect(failed.message).toMatch(message)
})

it('keeps the form of numbers in both directions', async () => {
  const { run } = await pythonPlace({ 'lamps.py': lamps })
  const text = '{"a":1.0,"big":12345678901234567890,"nan":NaN,"list":[1e+16,1]}'
  const args = parseJson(text) as JsonObject
  const answer = await run({ module: 'lamps', func: 'extra', arguments: args })
  expect(jsonText(answer)).toBe(text)
  const whole = { answer: null }
  putValue(whole, 'answer', await run({ module: 'builtins', func: 'float', arguments: {} }))
  expect(jsonText(whole)).toBe('{"answer":0.0}')
  const nan = await run({ module: 'lamps', func: 'give', arguments: { kind: 'nan' } })
  expect(jsonText(nan)).toBe('[NaN,{"up":Infinity},-Infinity]')
})

it('says in the log what Python code says', async () => {
  const { run } = await pythonPlace({ 'lamps.py': lamps })
  const context = new RememberingContext()
  await run({ module: 'lamps', func: 'talk' }, context)
  expect(context.logged).toEqual(['debug: a', 'info: b 1', 'warn: c', 'warn: d', 'info: e', 'info: f'])
})

it('calls classes too where nobody validated, as the reference does', async () => {
  const { run } = await pythonPlace({})
  expect(await run({ module: 'fractions', func: 'gcd' }).catch(({ code }) => code)).toBe(
    'SQUALL_PYTHON_FUNCTION',
  )
  expect(await run({ module: 'collections', func: 'OrderedDict', arguments: { a: 1 } })).toEqual({ a: 1 })
})
