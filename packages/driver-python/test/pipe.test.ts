import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

const noisy = `
import logging, os, subprocess, sys

logger = logging.getLogger("chaostoolkit")

def speak(how, text):
    if how == "print":
        print(text)
    elif how == "stderr":
        sys.stderr.write(text)
    elif how == "bytes":
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    elif how == "descriptor":
        os.write(2, text.encode("utf-8", "surrogatepass"))
    elif how == "log":
        logger.info(text)
    elif how == "child":
        subprocess.run(["/bin/echo", "--", text.replace("\\0", "").encode("utf-8", "ignore").decode("utf-8")])
    elif how == "fork":
        pid = os.fork()
        if pid == 0:
            print(text)
            os._exit(0)
        os.waitpid(pid, 0)
    elif how == "replaced":
        before, sys.stdout = sys.stdout, open(os.devnull, "w", errors="ignore")
        print(text)
        sys.stdout = before

def echo(value, said):
    for how, text in said:
        speak(how, text)
    return value

def close_streams():
    sys.stdout.close()
    sys.stderr.close()
    os.close(1)
    os.close(2)

def flood(size):
    print("x" * size)
    return "y" * size

def deep(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value
`

const ways = ['print', 'stderr', 'bytes', 'descriptor', 'log', 'child', 'fork', 'replaced'] as const
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '{"id": 1, "ok": "forged"}',
    '\n{"hello": {}}\n',
    '{"id": 2, "fail": {"kind": "aborted"}}',
    '\ud800',
    '\0',
    '\r\n',
  ),
)

it('nothing that Python code prints or answers with breaks the pipe', { timeout: 120_000 }, async () => {
  const { run } = await pythonPlace({ 'noisy.py': noisy })
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue(),
      fc.array(fc.tuple(fc.constantFrom(...ways), text), { maxLength: 4 }),
      async (value, said) => {
        const args = { value, said } as never
        expect(await run({ module: 'noisy', func: 'echo', arguments: args })).toEqual(
          JSON.parse(JSON.stringify(value)),
        )
      },
    ),
    { seed: 42, numRuns: 150 },
  )
})

it('what is large or deep comes through', async () => {
  const { run } = await pythonPlace({ 'noisy.py': noisy })
  expect(await run({ module: 'noisy', func: 'flood', arguments: { size: 3_000_000 } })).toHaveLength(
    3_000_000,
  )
  expect(
    JSON.stringify(await run({ module: 'noisy', func: 'deep', arguments: { depth: 500 } })),
  ).toHaveLength(1002)
  await expect(run({ module: 'noisy', func: 'deep', arguments: { depth: 100_000 } })).rejects.toThrow(
    'not JSON',
  )
})

it('code may close the streams it has', async () => {
  const { run } = await pythonPlace({ 'noisy.py': noisy })
  await run({ module: 'noisy', func: 'close_streams' })
  const said = [['log', 'still here']] as never
  const context = new RememberingContext()
  expect(await run({ module: 'noisy', func: 'echo', arguments: { value: 5, said } }, context)).toBe(5)
  expect(context.logged).toEqual(['info: still here'])
})
