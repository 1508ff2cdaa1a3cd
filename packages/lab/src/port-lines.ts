/** The text of a port file with `port` listed. Lines of others stay; the smallest port comes first. */
export function withPort(text: string, port: number): string {
  return written([...linesOf(text).filter((line) => Number(line) !== port), String(port)])
}

/** The text of a port file without `port`. */
export function withoutPort(text: string, port: number): string {
  return written(linesOf(text).filter((line) => Number(line) !== port))
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function written(lines: readonly string[]): string {
  return lines
    .toSorted((a, b) => Number(a) - Number(b))
    .map((line) => `${line}\n`)
    .join('')
}
