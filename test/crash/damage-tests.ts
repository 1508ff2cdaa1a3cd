import path from 'node:path'
import { expect, it } from 'vitest'
import { say, withoutWatchdog } from './crash.ts'
import { ended, Stage } from './stage.ts'

/** The log of a run that died is cut, and a byte of it flipped, at every how manyth byte. */
export function damageTests(size: { readonly cutEvery: number; readonly flipEvery: number }): void {
  it('undoes what the intact lines of a damaged log say, and nothing else', {
    timeout: 1_800_000,
  }, async () => {
    await using stage = await Stage.set()
    await ended(stage.run({ dieAfterUndo: 9, withWatchdog: true }))
    await withoutWatchdog(stage)
    const [run = ''] = stage.unfinished()
    const { folder, files } = stage
    const order = { ...size, folder, files, runFolder: path.join(stage.runsFolder, run) }
    const program = path.join(import.meta.dirname, 'damage-and-heal.mjs')
    const healer = stage.start([process.execPath, program, JSON.stringify(order)], { env: { MEND_MS: '0' } })
    const { output, code } = await ended(healer)
    expect(code).toBe(0)
    const { bytes, cuts, flips, undos } = JSON.parse(output)
    say(`a log of ${bytes} bytes, cut at ${cuts} and flipped at ${flips}: ${undos} undos carried out`)
    expect(cuts).toBe(Math.floor(bytes / size.cutEvery) + 1)
  })
}
