import type { ProviderFields, ProviderIssue } from '@squall/contract'
import { areArguments } from './command.ts'
import type { ProgramWorld } from './find-program.ts'
import { isFound } from './is-found.ts'

/** Everything wrong with the provider object of a process activity. */
export function checkProvider(provider: ProviderFields, world: ProgramWorld): readonly ProviderIssue[] {
  return [
    ...checkPath(provider['path'], world),
    ...checkArguments(provider),
    ...checkSeconds('timeout', provider['timeout']),
    ...checkSeconds('grace', provider['grace']),
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
        message: `The arguments of a process are a text, a list or an object, not ${JSON.stringify(args)}.`,
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

function checkSeconds(key: string, seconds: unknown): ProviderIssue[] {
  if (seconds === undefined || seconds === null) return []
  if (typeof seconds === 'number' && seconds >= 0) return []
  return [
    {
      path: [key],
      message: `\`${key}\` is a number of seconds, not ${JSON.stringify(seconds)}.`,
      hint: `Variables are not replaced in \`${key}\`: write the number itself.`,
    },
  ]
}
