import path from 'node:path'
import { execa } from 'execa'

/** One command of a guide, with the lines that the guide shows below it. */
export interface GuideStep {
  readonly command: string
  readonly shown: readonly string[]
}

const block = /^```console\n([\s\S]*?)^```$/gm

/** The commands of a page's console blocks. A line of three dots stands for what is left out. */
export function guideSteps(page: string): readonly GuideStep[] {
  const lines = [...page.matchAll(block)].flatMap(([, text = '']) => text.trimEnd().split('\n'))
  const steps: { command: string; shown: string[] }[] = []
  for (const line of lines) {
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), shown: [] })
    else if (line.trim() !== '' && line.trim() !== '...') steps.at(-1)?.shown.push(line)
  }
  return steps
}

export interface PlayedStep {
  readonly command: string
  readonly exitCode: number | undefined
  readonly output: string
  /** The lines that the guide shows and the command did not print, in any order. */
  readonly notPrinted: readonly string[]
}

/** Runs the commands as one shell would, from `folder` on, until one fails. */
export async function playSteps(
  steps: readonly GuideStep[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = []
  let cwd = folder
  for (const { command, shown } of steps) {
    if (command.startsWith('cd ')) {
      cwd = path.join(cwd, command.slice(3))
      continue
    }
    const options = {
      shell: true,
      cwd,
      env,
      extendEnv: false,
      all: true,
      reject: false,
      stdin: 'ignore',
    } as const
    const { exitCode, all } = await execa(command, { ...options, timeout: 120_000 })
    const printed = new Set(String(all).split('\n').map(timeless))
    const notPrinted = shown.filter((line) => !printed.has(timeless(line)))
    played.push({ command, exitCode, output: String(all), notPrinted })
    if (exitCode !== 0) return played
  }
  return played
}

/** Without what differs from run to run. */
function timeless(line: string): string {
  return line.replaceAll(/\d+(\.\d+)? ?m?s\b/g, 'TIME').trimEnd()
}
