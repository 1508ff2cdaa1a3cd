import type { ProviderFields, ProviderIssue } from '@squall/contract'
import { areArguments } from './command.ts'
import type { ProgramWorld } from './find-program.ts'
import { isFound } from './is-found.ts'

/** Everything wrong with the provider object of a process activity. What the reference lets pass is a warning. */
export function checkProvider(provider: ProviderFields, world: ProgramWorld): readonly ProviderIssue[] {
  return [
    ...checkPath(provider['path'], world),
    ...checkArguments(provider),
    ...checkTimeout(provider['timeout']),
    ...checkGrace(provider['grace']),
  ]
}

function checkPath(path: unknown, world: ProgramWorld): ProviderIssue[] {
  if (typeof path !== 'string' || path === '') {
    return [
      {
        path: ['path'],
        message: 'A process activity needs a `path`: the program to run.',
        hint: 'Write the name of a program on the PATH, or the path of one.',
      },
    ]
  }
  if (isFound(path, world)) return []
  return [
    {
      path: ['path'],
      message: `The program '${path}' was not found on the PATH, or may not be executed.`,
      hint: path.startsWith('~')
        ? 'Write the whole path: `~` is understood during a run, not by validation.'
        : 'Install it, mend the path, or make the file executable.',
    },
  ]
}

function checkArguments(provider: ProviderFields): ProviderIssue[] {
  const args: unknown = provider.arguments
  if (args === undefined) return []
  if (!areArguments(args)) {
    return [
      {
        path: ['arguments'],
        level: 'warning',
        message: `The arguments of a process are a text, a list or an object, not ${JSON.stringify(args)}: that stops the method.`,
        hint: 'Leave `arguments` out when there are none.',
      },
    ]
  }
  if (typeof args === 'string' || Array.isArray(args)) return []
  return [
    {
      path: ['arguments'],
      level: 'warning',
      message: 'Process arguments as an object are deprecated.',
      hint: `Write the same as a list: ${JSON.stringify(Object.entries(args).flat())}.`,
    },
  ]
}

function checkTimeout(timeout: unknown): ProviderIssue[] {
  if (timeout === undefined || timeout === null || typeof timeout === 'number') return []
  return [
    {
      path: ['timeout'],
      level: 'warning',
      message: `\`timeout\` is a number of seconds, not ${JSON.stringify(timeout)}: that stops the method.`,
      hint: 'Variables are not replaced in `timeout`: write the number itself.',
    },
  ]
}

/** The reference knows no `grace`, so no file of its can have a wrong one. */
function checkGrace(grace: unknown): ProviderIssue[] {
  if (grace === undefined || grace === null || (typeof grace === 'number' && grace >= 0)) return []
  return [
    {
      path: ['grace'],
      message: `\`grace\` is a number of seconds, not ${JSON.stringify(grace)}.`,
      hint: 'Variables are not replaced in `grace`: write the number itself.',
    },
  ]
}
