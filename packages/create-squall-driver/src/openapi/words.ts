/** Letters that are no others with a mark. */
const spelled: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', œ: 'oe' }

/** The words of a name: `listPets`, `list-pets` and `List pets` are the same two. Nothing but ASCII is kept. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæøłđœ]/gi, (letter) => spelled[letter.toLowerCase()] ?? '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/** `list_pets`. What begins with a digit gets `lead` in front; what has no word is `lead`. */
export function snakeCase(name: string, lead: string): string {
  const words = wordsOf(name)
  return (/^[a-z]/.test(words[0] ?? '') ? words : [lead, ...words]).join('_')
}

/** `listPets`, of a name in snake_case. */
export function camelCase(snake: string): string {
  return snake.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** Gives each name out once: who comes second gets a number. */
export class Names {
  private readonly taken: Set<string>

  constructor(taken: readonly string[] = []) {
    this.taken = new Set(taken)
  }

  take(wanted: string, separator = ''): string {
    let name = wanted
    for (let number = 2; this.taken.has(name); number++) name = `${wanted}${separator}${number}`
    this.taken.add(name)
    return name
  }
}

/** Cannot name a variable of a module. */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
)
/** Names no file on Windows. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d|index)$/
/** As schemas are called, which an activity imports. */
const schema = /Schema\d*$/

/** What an activity's constant and file are called: as the activity, where that is possible. */
export function constantOf(activity: string, names: Names): string {
  const name = camelCase(activity)
  return names.take(
    [reserved.has(name), devices.test(name), schema.test(name)].some(Boolean) ? `${name}Activity` : name,
  )
}
