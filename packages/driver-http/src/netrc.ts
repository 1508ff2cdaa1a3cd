export interface Credentials {
  readonly user: string
  readonly password: string
}

/** The entry of a host in the text of a netrc file, or its `default` entry. */
export function netrcEntry(text: string, host: string): Credentials | undefined {
  const entries = entriesOf(text)
  const entry =
    entries.find(({ machine }) => machine === host) ?? entries.find(({ machine }) => machine === '')
  if (!entry || (entry.login === undefined && entry.account === undefined && entry.password === undefined)) {
    return undefined
  }
  return { user: entry.login || entry.account || '', password: entry.password ?? '' }
}

interface Entry {
  /** Empty for `default`. */
  readonly machine: string
  login?: string
  account?: string
  password?: string
}

function entriesOf(text: string): Entry[] {
  const words = wordsOf(text)
  const entries: Entry[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const entry = entries.at(-1)
    if (word === 'machine') entries.push({ machine: words.shift() ?? '' })
    else if (word === 'default') entries.push({ machine: '' })
    else if (entry && word === 'login') entry.login = words.shift() ?? ''
    else if (entry && word === 'user') entry.login = words.shift() ?? ''
    else if (entry && word === 'account') entry.account = words.shift() ?? ''
    else if (entry && word === 'password') entry.password = words.shift() ?? ''
  }
  return entries
}

/** Words are parted by blanks and may stand in quotes. Comments and macros, which end with an empty line, are dropped. */
function wordsOf(text: string): string[] {
  const plain = text
    .replace(/^[ \t]*macdef\b[\s\S]*?(?:\n[ \t]*\n|(?![\s\S]))/gm, '')
    .replace(/^[ \t]*#.*$/gm, '')
  return [...plain.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g)].map(([word, quoted]) =>
    quoted === undefined ? word : quoted.replace(/\\(.)/g, '$1'),
  )
}
