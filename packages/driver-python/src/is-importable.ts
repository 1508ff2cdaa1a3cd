import { hasCode, type JsonObject } from '@squall/contract'
import { silentLog } from './silent-log.ts'
import type { Workers } from './workers.ts'

/** Whether a module can be imported. Without a Python that can be used, no module can. */
export async function isImportable(module: string, options: JsonObject, workers: Workers): Promise<boolean> {
  try {
    const reply = await workers.shared(options).request({ do: 'importable', module }, { log: silentLog })
    return 'ok' in reply && reply.ok === true
  } catch (error) {
    if (hasCode(error, 'SQUALL_PYTHON_MISSING') || hasCode(error, 'SQUALL_PYTHON_UNUSABLE')) return false
    throw error
  }
}
