import { execa } from 'execa'

export interface PlayedPage {
  /** The page with what its commands really print. */
  readonly text: string
  readonly commands: number
}

const block = /^```console\n([\s\S]*?)^```$/gm

/** Runs every `$ command` of a page's console blocks, in order, in one folder. */
export async function playPage(page: string, folder: string, env: NodeJS.ProcessEnv): Promise<PlayedPage> {
  let text = ''
  let end = 0
  let commands = 0
  for (const match of page.matchAll(block)) {
    const lines = (match[1] ?? '').split('\n').filter((line) => line.startsWith('$ '))
    commands += lines.length
    text += page.slice(end, match.index)
    text += `\`\`\`console\n${(await Promise.all(await inOrder(lines, folder, env))).join('')}\`\`\``
    end = match.index + match[0].length
  }
  return { text: text + page.slice(end), commands }
}

async function inOrder(lines: readonly string[], folder: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const played: string[] = []
  for (const line of lines) {
    const { all } = await execa(line.slice(2), { shell: true, cwd: folder, env, all: true, reject: false })
    const output = plain(String(all), folder)
    played.push(`${line}\n${output === '' ? '' : `${output}\n`}`)
  }
  return played
}

/** Without what differs from machine to machine. */
export function plain(output: string, folder: string): string {
  return output
    .replaceAll(folder, '/home/you/project')
    .replaceAll(folder.replace(/project$/, 'home'), '/home/you')
    .replaceAll(/\d+(?:\.\d+)? m?s\b/g, '3 ms')
    .replaceAll(/v\d+\.\d+\.\d+/g, 'v20.19.0')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '2026-11-29 17:30:00')
    .replaceAll(/^ +| +$/gm, (blanks, at: number, whole: string) =>
      whole[at - 1] === '\n' || at === 0 ? blanks : '',
    )
}
