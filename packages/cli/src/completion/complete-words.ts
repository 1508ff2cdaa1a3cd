import type { Argument, Command, Option } from 'commander'

export interface Candidate {
  readonly value: string
  readonly description: string
}

export interface Completion {
  readonly candidates: readonly Candidate[]
  /** Whether a file may stand there too. */
  readonly files: boolean
  /** Whether the name of a driver may. */
  readonly drivers: boolean
}

const nothing: Completion = { candidates: [], files: false, drivers: false }

/** What can stand where the last word is; `words` come after the command's own name. */
export function completeWords(program: Command, words: readonly string[]): Completion {
  const current = words.at(-1) ?? ''
  const place = placeOf(program, words.slice(0, -1))
  return startingWith(current, possible(place, current))
}

interface Place {
  readonly command: Command
  /** How many arguments stand before. */
  readonly position: number
  /** The option whose value comes next. */
  readonly option: Option | undefined
}

function placeOf(program: Command, before: readonly string[]): Place {
  let place: Place = { command: program, position: 0, option: undefined }
  for (const word of before) place = step(place, word)
  return place
}

function step({ command, position, option }: Place, word: string): Place {
  if (option) return { command, position, option: undefined }
  if (word.startsWith('-')) {
    const named = command.options.find(({ long, short }) => long === word || short === word)
    return { command, position, option: named && takesValue(named) ? named : undefined }
  }
  const child = visible(command).find((known) => known.name() === word)
  return child
    ? { command: child, position: 0, option: undefined }
    : { command, position: position + 1, option }
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional
}

function visible(command: Command): readonly Command[] {
  return command.commands.filter((child) => !isHidden(child))
}

/** Help leaves hidden ones out; there is no other way to ask. */
function isHidden(command: Command): boolean {
  return !command
    .createHelp()
    .visibleCommands(command.parent ?? command)
    .includes(command)
}

function possible({ command, position, option }: Place, current: string): Completion {
  if (option) return valuesOf(option.argChoices, option.flags)
  if (current.startsWith('-')) return { ...nothing, candidates: optionsOf(command) }
  const children = visible(command)
  if (children.length > 0)
    return position === 0 ? { ...nothing, candidates: children.map(candidateOf) } : nothing
  const argument = command.registeredArguments[position]
  return argument ? argumentsOf(argument) : nothing
}

function argumentsOf(argument: Argument): Completion {
  return valuesOf(argument.argChoices, `<${argument.name()}>`)
}

/** The name of a value says what it is, as the help shows it. */
function valuesOf(choices: readonly string[] | undefined, name: string): Completion {
  if (choices) return { ...nothing, candidates: choices.map((value) => ({ value, description: '' })) }
  return {
    candidates: [],
    files: /<(?:.*path|dir|source|log)>/.test(name),
    drivers: /<(?:name or path|package)>/.test(name),
  }
}

function optionsOf(command: Command): Candidate[] {
  const own = command.options
    .filter(({ hidden, long }) => !hidden && long)
    .map(({ long, description }) => ({ value: long ?? '', description }))
  return [...own, { value: '--help', description: 'print this help' }]
}

function candidateOf(command: Command): Candidate {
  return { value: command.name(), description: command.description() }
}

function startingWith(current: string, { candidates, ...rest }: Completion): Completion {
  return { ...rest, candidates: candidates.filter(({ value }) => value.startsWith(current)) }
}
