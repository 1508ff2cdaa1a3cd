import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The commands of a README and the output it shows for them. */
export interface ReadmeExample {
  readonly commands: readonly string[]
  readonly shown: string
}

const commandBlock = /```sh\n([\s\S]*?)```/
const outputBlock = /```text\n([\s\S]*?)```/

export async function readReadme(folder: string): Promise<ReadmeExample> {
  const text = await readFile(path.join(folder, 'README.md'), 'utf8')
  const commands = commandBlock.exec(text)?.[1]?.trim().split('\n') ?? []
  return { commands, shown: outputBlock.exec(text)?.[1] ?? '' }
}

/** Puts freshly captured output in the place of the shown one. */
export async function updateReadme(folder: string, output: string): Promise<void> {
  const file = path.join(folder, 'README.md')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(outputBlock, () => `\`\`\`text\n${output}\`\`\``),
  )
}

/** Replaces what differs from run to run: durations, how often was asked, process ids, dates and seeds. */
export function normalized(output: string): string {
  return (
    output
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
      .replace(/\d+(\.\d+)? m?s\b/g, 'TIME')
      .replace(/asked (once|\d+ times)/g, 'asked TIMES')
      .replace(/attempts: \d+, waited: [\d.]+/g, 'attempts: TIMES, waited: TIME')
      .replace(/pid +\d+/g, 'pid PID')
      // A command line names folders of the machine, and is cut where it gets long.
      .replace(/pid PID \(.*$/gm, 'pid PID (COMMAND')
      .replace(/notAfter=.*/g, 'notAfter=DATE')
      .replace(/ +$/gm, '')
  )
}
