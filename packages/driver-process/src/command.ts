import { isObject, type JsonValue, pythonText, valueAt } from '@squall/contract'

/** What to run. */
export type Command =
  | { readonly kind: 'program'; readonly path: string; readonly args: readonly string[] }
  /** Read by the system's shell. */
  | { readonly kind: 'shell'; readonly line: string }

/** The command of an activity. `found` is where its `path` was found on this machine, if it was. */
export function commandOf(path: string, found: string | undefined, args: JsonValue | undefined): Command {
  // The reference writes its "nothing found" into the line, and the shell then answers with status 127.
  if (typeof args === 'string') return { kind: 'shell', line: `${found ?? 'None'} ${args}` }
  const words = wordsOf(args)
  if (found === undefined) {
    throw new Error(`The program '${path}' was not found on the PATH, or may not be executed.`)
  }
  return { kind: 'program', path: found, args: words }
}

/** The command as a person would type it. */
export function commandLine(command: Command): string {
  if (command.kind === 'shell') return command.line
  return [command.path, ...command.args].map(quoted).join(' ')
}

/** Tells whether `arguments` has a shape that can be made into a command. */
export function areArguments(args: unknown): args is string | unknown[] | Record<string, unknown> {
  return typeof args === 'string' || Array.isArray(args) || isObject(args)
}

function wordsOf(args: JsonValue | undefined): string[] {
  if (args === undefined) return []
  if (!areArguments(args) || typeof args === 'string') {
    throw new Error(
      `The arguments of a process are a text, a list or an object, not ${JSON.stringify(args)}.`,
    )
  }
  const words = Array.isArray(args)
    ? args.map((_, at) => valueAt(args, at))
    : Object.keys(args).flatMap((key) => [key, valueAt(args, key)])
  return words.filter((word) => word !== null && word !== '').map(pythonText)
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
