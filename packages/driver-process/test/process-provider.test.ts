import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isSquallError, type JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { systemWorld } from '../src/host/system-world.ts'
import { processProvider } from '../src/process-provider.ts'
import { callOf, fixture, TestContext } from './activity.ts'
import { newFolder } from './processes.ts'

const provider = processProvider(systemWorld())
const run = (fields: JsonObject, context = new TestContext()) => provider.run(callOf(fields), context)

describe('arguments', () => {
  it.each([
    {
      name: 'a list goes to the program untouched',
      fields: { path: 'printf', arguments: ['<%s>', 'a  b', '$HOME', '*.json', '; echo no', 'éà'] },
      stdout: '<a  b><$HOME><*.json><; echo no><éà>',
    },
    {
      name: 'null and empty texts are dropped, zero and blanks are not',
      fields: { path: 'printf', arguments: ['<%s>', '', 'a', null, 0, ' '] },
      stdout: '<a><0>< >',
    },
    {
      name: 'values are written the Python way',
      fields: { path: 'printf', arguments: ['<%s>', true, false, 1.5, [1, 'x', null], { k: true }] },
      stdout: "<True><False><1.5><[1, 'x', None]><{'k': True}>",
    },
    {
      name: 'an object is flattened, empty values dropped and their name kept',
      fields: { path: 'printf', arguments: { '<%s>': 'one', '--two': 2, '--three': '', '--four': '4' } },
      stdout: '<one><--two><2><--three><--four><4>',
    },
    {
      name: 'a text is one shell command line',
      fields: { path: 'echo', arguments: "'a  b' x | tr a-z A-Z; echo $((1 + 2))" },
      stdout: 'A  B X\n3\n',
    },
    { name: 'none at all', fields: { path: 'echo' }, stdout: '\n' },
    { name: 'an empty text is still a shell line', fields: { path: 'echo', arguments: '' }, stdout: '\n' },
  ])('$name', async ({ fields, stdout }) => {
    expect(await run(fields)).toEqual({ status: 0, stdout, stderr: '' })
  })

  it.each([null, 5, true])('%j stops the method', async (args) => {
    const error = await run({ path: 'echo', arguments: args }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(isSquallError(error)).toBe(false)
    expect(String(error)).toContain('are a text, a list or an object')
  })
})

describe('the result', () => {
  it('keeps stdout and stderr exactly and apart', async () => {
    const script = "printf '  two  \\n\\n\\ttab'; printf 'err\\n' >&2"
    expect(await run({ path: 'sh', arguments: ['-c', script] })).toEqual({
      status: 0,
      stdout: '  two  \n\n\ttab',
      stderr: 'err\n',
    })
  })

  it.each([
    { signal: 'TERM', status: -15 },
    { signal: 'KILL', status: -9 },
    { signal: 'HUP', status: -1 },
  ])('a program that dies of $signal has status $status', async ({ signal, status }) => {
    expect(await run({ path: 'sh', arguments: ['-c', `kill -${signal} $$`] })).toMatchObject({ status })
  })

  it.each([
    { name: 'UTF-8', hex: '4772c3bcc39f65', stdout: 'Grüße' },
    { name: 'Latin-1', hex: '4772fcdf65', stdout: 'Grüße' },
    { name: 'UTF-16 with a byte order mark', hex: 'fffe4700fc00', stdout: 'Gü' },
    { name: 'plain ASCII that a guess takes for UTF-16', hex: '342e350a', stdout: '4.5\n' },
    { name: 'nothing', hex: '', stdout: '' },
  ])('reads $name', async ({ hex, stdout }) => {
    const args = [fixture('bytes.js'), ...(hex ? [hex] : ['00', '0'])]
    expect(await run({ path: process.execPath, arguments: args })).toMatchObject({ stdout })
  })

  it('keeps huge output whole', async () => {
    const result = await run({
      path: process.execPath,
      arguments: [fixture('bytes.js'), '616263640a', '4000000'],
    })
    expect((result as { stdout: string }).stdout.length).toBe(20_000_000)
  })
})

describe('the world of the program', () => {
  it('is the environment and working directory of squall, and a tag', async () => {
    const script = 'printf "%s|%s|%s" "$PWD" "$PATH" "$SQUALL_UNDO_TAG"'
    const result = (await run({ path: 'sh', arguments: ['-c', script] })) as { stdout: string }
    expect(result.stdout).toMatch(`${process.cwd()}|${process.env['PATH']}|${process.pid}-`)
  })

  it('expands ~ in the path during a run', async () => {
    const home = newFolder()
    const file = path.join(home, 'hello')
    writeFileSync(file, '#!/bin/sh\necho hello\n')
    chmodSync(file, 0o755)
    const world = { ...systemWorld(), environment: { HOME: home } }
    const result = await processProvider(world).run(callOf({ path: '~/hello' }), new TestContext())
    expect(result).toMatchObject({ stdout: 'hello\n' })
  })
})

describe('a program that is not there', () => {
  it('stops the method when the arguments are a list', async () => {
    await expect(run({ path: 'surely-not-here', arguments: ['a'] })).rejects.toThrow(
      "The program 'surely-not-here' was not found on the PATH, or may not be executed.",
    )
  })

  it('is status 127 of the shell when they are a text', async () => {
    expect(await run({ path: 'surely-not-here', arguments: 'a' })).toMatchObject({ status: 127 })
  })

  it('stops the method when the system refuses to start it', async () => {
    const file = path.join(newFolder(), 'broken')
    writeFileSync(file, '#!/no/such/interpreter\n')
    chmodSync(file, 0o755)
    await expect(run({ path: file, arguments: ['x'] })).rejects.toThrow('could not be started: spawn')
  })
})

describe('a status above zero', () => {
  it.each([
    { status: 3, hasTolerance: false, warnings: 1 },
    { status: 3, hasTolerance: true, warnings: 0 },
    { status: 0, hasTolerance: false, warnings: 0 },
  ])('$status, tolerance $hasTolerance: $warnings warnings', async ({ status, hasTolerance, warnings }) => {
    const context = new TestContext()
    const call = callOf({ path: 'sh', arguments: ['-c', `exit ${status}`] }, { hasTolerance })
    expect(await provider.run(call, context)).toMatchObject({ status })
    expect(context.warnings.map(({ fields }) => fields)).toEqual(Array(warnings).fill({ status }))
  })

  it('below zero is no warning', async () => {
    const context = new TestContext()
    await run({ path: 'sh', arguments: ['-c', 'kill -9 $$'] }, context)
    expect(context.warnings).toEqual([])
  })
})

describe('targets', () => {
  it.each([
    { fields: { path: 'sh', arguments: ['-c', "echo 'hi'", 1] }, line: /\/sh -c 'echo '\\''hi'\\''' 1$/ },
    { fields: { path: 'echo', arguments: '$HOME | cat' }, line: /\/echo \$HOME \| cat$/ },
    { fields: { path: 'sh' }, line: /\/sh$/ },
  ])('are the command line of $fields.path $fields.arguments', async ({ fields, line }) => {
    expect(await provider.targets(callOf(fields), new TestContext())).toEqual([expect.stringMatching(line)])
  })
})
