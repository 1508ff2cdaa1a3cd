import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ActivityFailed } from '@squall/contract'

/** What a tool of the system prints. Started without a shell; fails when it is missing or ends badly. */
export async function outputOf(tool: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(tool, [...args], {
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
      windowsHide: true,
    })
    return stdout
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code?: unknown; stdout?: string; stderr?: string }
    // lsof ends with 1 when it found nothing, and when one of several ports has no listener.
    if (code === 1 && stderr === '') return stdout ?? ''
    throw new ActivityFailed(`'${tool}' could not tell who listens: ${String(cause)}.`, {
      cause,
      hint: `squall asks ${tool} on this system. See that it is on the PATH and works.`,
    })
  }
}
