import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../packages/contract/src/index.ts'
import { expectNothingLeft, ofType } from './aftermath.ts'
import { allHarmDone, say } from './crash.ts'
import { cpuSecondsOf, eventually, ownMemoryOf } from './machine.ts'
import { ended, Stage } from './stage.ts'

/** What being watched over costs, and how soon it helps. */
export function costTests({ timed }: { readonly timed: number }): void {
  describe('the watchdog', { timeout: 120_000 }, () => {
    it('undoes everything soon after the runner is killed', async () => {
      const seen: { total: number; one: number }[] = []
      for (let run = 0; run < timed; run += 1) seen.push(await timeToHeal())
      const total = median(seen.map((each) => each.total))
      const one = median(seen.map((each) => each.one))
      say(
        `${timed} runs: from SIGKILL to nine undos carried out ${Math.round(total)} ms at the median, ${(total / one).toFixed(1)} times one undo (${one.toFixed(1)} ms)`,
      )
      expect(total).toBeLessThan(5000)
    })

    it('costs less than half of the runner', async () => {
      await using stage = await Stage.set()
      const runner = stage.run()
      const end = ended(runner)
      await allHarmDone(stage)
      await delay(300)
      const watchdog = stage.watchdog()?.pid ?? 0
      const [its, ours] = [watchdog, runner.pid ?? 0].map((pid) => ({
        cpu: cpuSecondsOf(pid),
        memory: ownMemoryOf(pid),
      }))
      await end
      await expectNothingLeft(stage)
      const cpu = 1 + (its?.cpu ?? 0) / (ours?.cpu ?? 0)
      const memory = 1 + (its?.memory ?? 0) / (ours?.memory ?? 0)
      say(
        `the watchdog uses ${its?.cpu} s of CPU and ${its?.memory.toFixed(1)} MiB of its own: with it a run takes ${cpu.toFixed(2)} times the CPU and ${memory.toFixed(2)} times the memory`,
      )
      expect(its?.memory).toBeGreaterThan(0)
      expect(cpu).toBeLessThan(1.5)
      expect(memory).toBeLessThan(1.5)
    })

    it('is not started, and nothing is written to the state folder, where there is nothing to undo', async () => {
      await using stage = await Stage.set()
      const runner = stage.run({ eventLog: false, more: { method: [] } })
      let isOver = false
      const end = ended(runner).finally(() => {
        isOver = true
      })
      while (!isOver) {
        expect(stage.watchdog()).toBe(undefined)
        await delay(2)
      }
      expect((await end).code).toBe(0)
      expect(existsSync(stage.runsFolder)).toBe(false)
    })
  })
}

/** Kills a run with nine undos open. Resolves to milliseconds: until all was undone, and what one undo took. */
async function timeToHeal(): Promise<{ total: number; one: number }> {
  await using stage = await Stage.set()
  const runner = stage.run()
  const end = ended(runner)
  await allHarmDone(stage)
  const killed = performance.now()
  runner.kill('SIGKILL')
  await end
  await eventually('everything is undone', () => (stage.isAsBefore() ? true : undefined))
  const total = performance.now() - killed
  await stage.untilSettled()
  const { events } = await expectNothingLeft(stage)
  return { total, one: timeOfOneUndo(events) }
}

function timeOfOneUndo(events: readonly RunEvent[]): number {
  const began = ofType(events, 'status-changed').at(-1)?.time ?? 0
  const undone = ofType(events, 'undo-completed')
  return ((undone.at(-1)?.time ?? 0) - began) / undone.length
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
