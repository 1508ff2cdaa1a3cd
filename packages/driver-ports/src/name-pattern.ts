/**
 * Makes a test for names of programs. `*` stands for any text and `?` for one character; nothing else is special. The
 * pattern has to cover the whole of the program's name (`node`, without its folder) or the whole of the command line,
 * so `redis` does not hit `redis-server` and `*server.js*` hits every command line that contains it.
 */
export function namePattern(
  pattern: string,
): (process: { readonly name: string; readonly command: string }) => boolean {
  const source = [...pattern].map(charPattern).join('')
  const whole = new RegExp(`^${source}$`, 's')
  return ({ name, command }) =>
    whole.test(name) || whole.test(programOf(command)) || (command !== '' && whole.test(command))
}

/** The first word without its folder: systems cut the name they keep themselves, or let a program change it. */
function programOf(command: string): string {
  const [path = ''] = command.split(' ', 1)
  return path.slice(path.lastIndexOf('/') + 1)
}

function charPattern(char: string): string {
  if (char === '*') return '.*'
  if (char === '?') return '.'
  return char.replace(/[\\^$.|+()[\]{}]/, '\\$&')
}
