import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Installs a package into the project of a folder with npm, which talks to the terminal; rejects when it fails. */
export async function npmInstall(name: string, directory: string): Promise<void> {
  const isWindows = process.platform === 'win32'
  const child = spawn(isWindows ? 'npm.cmd' : 'npm', ['install', '--save-dev', '--', name], {
    cwd: directory,
    // stdout is for results.
    stdio: ['ignore', 2, 2],
    shell: isWindows,
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code !== 0) throw new Error(`npm install ended with ${code ?? signal}.`)
}
