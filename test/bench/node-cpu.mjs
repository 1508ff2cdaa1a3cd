import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const hook = fileURLToPath(new URL('cpu-hook.cjs', import.meta.url))

/** Runs Node and resolves to the milliseconds it took: `cpu` of that process alone, and `wall`. */
export function runNode(words, { folder, home, variables }) {
  const began = performance.now()
  const { status, output } = spawnSync(process.execPath, ['--require', hook, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, NO_COLOR: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 120_000,
  })
  const wall = performance.now() - began
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}:\n${output[1]}${output[2]}`)
  return { cpu: Number(output[3]) / 1000, wall }
}
