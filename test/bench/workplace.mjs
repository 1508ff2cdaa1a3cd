import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const squallFile = fileURLToPath(new URL('../../packages/squall/bin/squall.js', import.meta.url))

/** Does something in a temporary folder with these files and an empty home beside it. */
export async function inWorkplace(files, work) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'squall-bench-'))
  const place = { folder: path.join(root, 'work'), home: path.join(root, 'home') }
  try {
    for (const folder of Object.values(place)) mkdirSync(folder)
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      writeFileSync(path.join(place.folder, name), text)
    }
    return await work(place)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
